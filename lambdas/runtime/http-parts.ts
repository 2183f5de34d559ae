import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Route } from '../../core/http/route.ts';

type Address = Pick<Route, 'method' | 'path'>;

/** What the function answers that only reads. Each of the two knows of the other what it must to say what an address takes. */
export const READING: readonly Address[] = [
  '/openapi.json',
  '/v1/jobs',
  '/v1/jobs/{jobId}',
  '/v1/jobs/{jobId}/timeline',
  '/v1/jobs/{jobId}/report',
  '/v1/jobs/{jobId}/report.html',
  '/v1/freeze',
  '/v1/runbooks',
  '/v1/runbooks/{name}',
  '/v1/readiness',
  '/v1/readiness/{project}/{cluster}',
].map((path) => ({ method: 'GET', path }));

/** What the function answers that changes something, or asks Atlas. */
export const CHANGING: readonly Address[] = [
  '/v1/jobs',
  '/v1/break-glass',
  '/v1/plans',
  '/v1/jobs/{jobId}/approve',
  '/v1/jobs/{jobId}/reject',
  '/v1/jobs/{jobId}/cancel',
  '/v1/freeze',
  '/v1/unfreeze',
].map((path) => ({ method: 'POST', path }));

/** The document of the API, which the bundler has put beside the code: making it takes more code than it is long. */
export function keptDocument(): unknown {
  const packed = readFileSync(new URL('openapi.json.gz', import.meta.url));
  return JSON.parse(gunzipSync(packed).toString());
}
