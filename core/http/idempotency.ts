import { createHash } from 'node:crypto';
import { isoTime } from '../clock.ts';
import { canonicalJson } from '../jobs/chain.ts';
import type { KeptRequest } from '../jobs/kept-request.ts';
import type { Caller, HttpHost } from './host.ts';
import { personOf } from '../person.ts';
import { RequestRefusedError } from './request-refused.ts';

/** How long a key is remembered: longer than anybody tries again. Milliseconds. */
const REMEMBERED_MS = 7 * 24 * 3600 * 1000;

/**
 * Keeps a request under the key that its sender gave it. Sent again, the same request has the job of the first; the keys of
 * two people have nothing to do with each other.
 *
 * @param body what is asked for, checked.
 * @throws RequestRefusedError when the key was used for something else.
 */
export async function keepRequest(
  { who }: Caller,
  key: string,
  body: unknown,
  host: HttpHost,
): Promise<KeptRequest> {
  const now = host.clock.now();
  const request = {
    key: sha256([personOf(who).key, key]),
    bodyHash: sha256(body),
    jobId: host.newId(),
    expiresAt: isoTime(now + REMEMBERED_MS),
  };
  const kept = await host.requests.keep(request, isoTime(now));
  if (kept.bodyHash === request.bodyHash) return kept;
  throw new RequestRefusedError(
    'key-used-before',
    `This Idempotency-Key was used for another request, which started job ${kept.jobId}.`,
    { next: 'Send what is to be done anew with a key of its own.' },
  );
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
