import { jsonText } from '../visible-text.ts';
import type { HttpHost } from './host.ts';
import { problemOf } from './problem-of.ts';
import { problem, type Problem } from './problems.ts';
import type { Answer, Route } from './route.ts';

/** Reports are large and jobs change: neither is for a cache between here and the reader. */
const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** A page from here loads nothing and runs nothing. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Seconds after which what is out of reach may be back. */
const TRY_AGAIN_SECONDS = '5';

/** What a route answered, as a response. */
export function goodResponse({ answers }: Route, { status, body, headers = {} }: Answer): Response {
  const { mediaType } = answers[status] ?? {};
  const html = mediaType === 'text/html' && typeof body === 'string';
  return new Response(html ? body : jsonText(body), {
    status,
    headers: {
      ...ALWAYS,
      ...headers,
      ...(html
        ? { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY }
        : { 'content-type': 'application/json' }),
    },
  });
}

/** A problem as a response. */
export function problemResponse(told: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(jsonText(told), {
    status: told.status,
    headers: {
      ...ALWAYS,
      'content-type': 'application/problem+json',
      ...(told.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(told.status === 503 && { 'retry-after': TRY_AGAIN_SECONDS }),
      ...headers,
    },
  });
}

/** The response to a request that ended with an error. Of faults of ours the sender is told an id alone. */
export function failureResponse(error: unknown, host: HttpHost): Response {
  const told = problemOf(error) ?? internal();
  if (told.status < 500) return problemResponse(told);
  const requestId = host.newId();
  host.onFailure(error, requestId);
  return problemResponse({ ...told, instance: `urn:lifeboat:request:${requestId}` });
}

function internal(): Problem {
  return problem('internal', 'Lifeboat itself failed.', {
    next: 'Tell whoever runs this installation which request it was: its log has more to say.',
    retryable: false,
  });
}
