import * as z from 'zod';

/**
 * The id of something in Atlas as a runbook names it: 24 hexadecimal digits.
 *
 * @param what the thing, for example `team`; it goes into the message and the description.
 */
export function idField(what: string) {
  return z
    .string()
    .regex(/^[a-f0-9]{24}$/, `is not the id of the ${what}: 24 hexadecimal digits, small letters`)
    .describe(`Id of the ${what}, 24 hexadecimal digits`);
}
