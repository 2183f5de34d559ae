import { RequestRefusedError } from './request-refused.ts';

/** The deepest that a body may nest: a runbook with all its steps in a request takes half of it. */
const MAX_DEPTH = 32;

/**
 * The JSON in the body of a request.
 *
 * @throws RequestRefusedError when it is of another media type, or no JSON.
 */
export async function readBody(request: Request): Promise<unknown> {
  refuseOtherMedia(request.headers);
  const text = decode(await request.arrayBuffer());
  // What recurses over a value, recurses over this one: a text of nothing but brackets would exhaust the stack.
  if (nesting(text) > MAX_DEPTH) throw unreadable(`nests more than ${MAX_DEPTH} levels deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable('is not JSON');
  }
}

function refuseOtherMedia(headers: Headers): void {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (type === 'application/json' && encoding === 'identity') return;
  throw new RequestRefusedError('media-type-unsupported', 'The body has to be application/json, as it is.', {
    next: 'Send JSON with the header Content-Type: application/json, and not compressed.',
  });
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('is not UTF-8');
  }
}

function unreadable(why: string): RequestRefusedError {
  return new RequestRefusedError('bad-request', `The body ${why}.`, {
    fields: [{ field: 'body', message: why }],
    next: 'Send a JSON object.',
  });
}

/** How deep brackets nest in a JSON text, those in strings left out. Each token is looked at once, also of a string without end. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (const [token] of text.matchAll(/\\.|["[\]{}]/gs)) {
    if (token === '"') inString = !inString;
    else if (inString) continue;
    else if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
