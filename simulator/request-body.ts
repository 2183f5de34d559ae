import { z } from 'zod';
import { ApiError } from './api-error.ts';

/**
 * Checks the body of a request as Atlas does: one error, for the first attribute that is wrong.
 *
 * @throws ApiError `INVALID_JSON` for what is no object, `MISSING_ATTRIBUTE`, `INVALID_ENUM_VALUE` or
 *   `INVALID_ATTRIBUTE` with the attribute.
 */
export function checkedBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const attribute = issue?.path.join('.') ?? '';
  if (!issue || attribute === '') throw new ApiError('INVALID_JSON');
  if (issue.input === undefined) throw new ApiError('MISSING_ATTRIBUTE', attribute);
  if (issue.code === 'invalid_value') throw new ApiError('INVALID_ENUM_VALUE', JSON.stringify(issue.input));
  throw new ApiError('INVALID_ATTRIBUTE', attribute);
}

/**
 * The JSON of a body; undefined when there is none.
 *
 * @throws ApiError `MALFORMED_JSON`.
 */
export function parsedBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('MALFORMED_JSON');
  }
}

/** 24 hexadecimal digits. */
export const bodyId = z.string().regex(/^[a-f0-9]{24}$/);

/** ISO 8601, as the milliseconds since the UNIX epoch. */
export const bodyInstant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The name of a cluster. */
export const bodyClusterName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/);
