import { ulid } from 'ulid';
import type { HttpHost } from '../../core/http/host.ts';
import { apiCaller } from './api-caller.ts';
import { readEnvironment } from './environment.ts';
import { keptRunbooks } from './kept-runbooks.ts';
import { logger } from './logger.ts';
import { machineClock } from './machine-clock.ts';
import { jobHistory } from './table.ts';

/**
 * The API's host on AWS: API Gateway has let the request in and says who sent it.
 *
 * @param parts what the routes of a function need beside the history. Another function has the rest, and the permissions for it.
 */
export function httpHost(parts: Partial<HttpHost>): HttpHost {
  const { LIFEBOAT_SCOPE_PREFIX: scopePrefix } = readEnvironment('scopes');
  return {
    jobs: jobHistory(),
    clock: machineClock,
    runbooks: keptRunbooks,
    atlasUrl: new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin,
    newId: () => ulid(),
    caller: (_, env) => Promise.resolve(apiCaller(contextOf(env), scopePrefix)),
    onFailure(error, requestId) {
      logger.error('failed', { requestId, error: error as Error });
    },
    get policy() {
      return refuse();
    },
    requests: { keep: refuse },
    atlas: refuse,
    runWorkflow: refuse,
    wake: refuse,
    report: refuse,
    seed: refuse,
    ...parts,
  };
}

/** Stands for what a function was not given; to be asked for it is a fault of Lifeboat's own. */
function refuse(): never {
  throw new Error('This function was not given what the request needs: another one answers it.');
}

/** The event's `requestContext`, out of what Hono's adapter hands on. */
function contextOf(env: unknown): unknown {
  const { event } = (env ?? {}) as { readonly event?: { readonly requestContext?: unknown } };
  return event?.requestContext;
}
