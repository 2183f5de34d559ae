import { z } from 'zod';

/** The id of a document in Atlas: 24 hexadecimal digits. */
export const objectId = z.string().regex(/^[a-f0-9]{24}$/, 'must be 24 hexadecimal digits in lower case');

/** The name of a cluster. */
export const clusterName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9-]*$/,
    'must be letters, digits and hyphens, and begin with a letter or a digit',
  );

/** An instant to ask for: ISO 8601 with an offset or `Z`. */
export const instant = z.iso.datetime({
  offset: true,
  error: 'must be an ISO 8601 instant such as 2026-08-10T03:03:07Z',
});

/**
 * A field of a reply that may be missing. Atlas also sends null for what it doesn't know; both arrive as undefined,
 * so that callers ask one question.
 */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? undefined, schema.optional()).optional();
}

/** A reply whose body carries nothing. */
export const nothing = z.unknown().transform(() => undefined);
