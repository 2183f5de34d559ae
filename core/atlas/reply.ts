import * as z from 'zod';
import { AtlasError, AtlasReplyError, type CallFacts, type Refusal } from './errors.ts';
import type { Redact } from './redact.ts';
import { fault } from './request.ts';
import { maybe } from './schemas.ts';
import type { HttpReply } from './transport.ts';

/** Faults of a reply that one message names. */
const MOST_FAULTS = 5;

/**
 * Reads the body of an answer that says yes. The body itself is quoted nowhere: it may hold a download link or a token.
 *
 * @throws AtlasReplyError when it is not JSON or not what the schema asks for.
 */
export function readReply<Schema extends z.ZodType>(
  call: CallFacts,
  reply: HttpReply,
  schema: Schema,
): z.output<Schema> {
  const document = parseJson(reply.body);
  if (document === undefined && reply.body !== '') throw new AtlasReplyError(call, notJson(reply));
  const read = schema.safeParse(document);
  if (!read.success) {
    const faults = read.error.issues.slice(0, MOST_FAULTS).map(fault);
    throw new AtlasReplyError(call, reply.body === '' ? 'it is empty' : faults.join('; '));
  }
  return read.data;
}

const errorBody = z.looseObject({
  errorCode: maybe(z.string()).catch(undefined),
  detail: maybe(z.string()).catch(undefined),
  reason: maybe(z.string()).catch(undefined),
  parameters: maybe(z.array(z.unknown())).catch(undefined),
});

/** How Atlas's codes look. Anything else in their place is not repeated: it could be part of a secret. */
const CODE = /^[A-Z][A-Z0-9_]{1,99}$/;

/** Where the id of a request may stand; which one depends on what answers before Atlas. */
const REQUEST_IDS = ['x-request-id', 'x-envoy-request-id', 'x-amzn-requestid', 'x-amzn-trace-id'];

/** The error that an answer other than 2xx amounts to. Bodies without a code, with nulls, or of HTML are all right. */
export function refusal(call: CallFacts, reply: HttpReply, redact: Redact): AtlasError {
  const read = errorBody.safeParse(parseJson(reply.body));
  const body: Partial<z.output<typeof errorBody>> = read.success ? read.data : {};
  const requestId = REQUEST_IDS.map((name) => reply.headers[name]).find((value) => value !== undefined);
  const facts: Refusal = {
    status: reply.status,
    errorCode: [body.errorCode, reply.headers['x-error-code']].find(
      (code) => code !== undefined && CODE.test(code),
    ),
    detail: clean(body.detail ?? body.reason, redact),
    parameters: (body.parameters ?? []).map((one) => cleanParameter(one, redact)),
    requestId: clean(requestId, redact),
  };
  return new AtlasError(call, facts);
}

function clean(text: string | undefined, redact: Redact): string | undefined {
  return text === undefined || text === '' ? undefined : redact(text);
}

function cleanParameter(value: unknown, redact: Redact): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return redact(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Undefined when it is not JSON; the parser's own error would quote the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notJson(reply: HttpReply): string {
  return reply.headers['content-type']?.includes('html') === true
    ? 'it is a web page'
    : 'it is not whole JSON';
}
