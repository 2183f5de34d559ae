import { HistoryUnavailableError } from '../errors.ts';
import type { KeptRequest, RequestStore } from '../kept-request.ts';
import { below, IS_NEW } from './condition.ts';
import type { Table } from './table.ts';
import type { Item } from './item.ts';
import { putItemIf } from './write-item.ts';

/** How often a request is tried to be kept when the one in its way goes away meanwhile. */
const MAX_ROUNDS = 5;

/** The requests that started jobs: one item a key, that expires by itself. */
export function createRequestStore(table: Table): RequestStore {
  return {
    async keep(request, now) {
      const condition = [...IS_NEW, [below('expiresAtMs', Date.parse(now))]];
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const outcome = await putItemIf(table, requestItem(request), condition);
        if (outcome.written) return request;
        if (outcome.present !== undefined) return requestIn(outcome.present);
      }
      throw new HistoryUnavailableError('An earlier request with the same key comes and goes.', {
        changed: 'Nothing was changed.',
        next: 'Send the request again.',
      });
    },
  };
}

function requestItem({ key, bodyHash, jobId, expiresAt }: KeptRequest): Item {
  const expiresAtMs = Date.parse(expiresAt);
  return {
    pk: `IDEMPOTENCY#${key}`,
    sk: 'IDEMPOTENCY',
    key,
    bodyHash,
    // Not `jobId`: that is the sort key of the lists, and a request is in none.
    startedJob: jobId,
    expiresAt,
    expiresAtMs,
    deleteAfter: Math.ceil(expiresAtMs / 1000),
  };
}

function requestIn(item: Item): KeptRequest {
  return {
    key: String(item.key),
    bodyHash: String(item.bodyHash),
    jobId: String(item.startedJob),
    expiresAt: String(item.expiresAt),
  };
}
