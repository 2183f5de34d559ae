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
  const { LIFEBOAT_SCOPE_PREFIX: scopePrefix, LIFEBOAT_CALLERS: callers } = readEnvironment('scopes');
  return {
    jobs: jobHistory(),
    clock: machineClock,
    runbooks: keptRunbooks,
    callers,
    atlasUrl: new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin,
    newId: () => ulid(),
    caller: (_, env) => Promise.resolve(apiCaller(eventOf(env)?.requestContext, scopePrefix)),
    // API Gateway has decoded it: what was %3F is a question mark now.
    rawPath: (env) => eventOf(env)?.rawPath,
    onFailure(error, requestId) {
      logger.error('failed', { requestId, error: error as Error });
    },
    get policy() {
      return refuse();
    },
    requests: { keep: refuse },
    outbound: { post: refuse, secret: refuse },
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

/** What is read of the event of API Gateway, out of what the handler hands on. */
function eventOf(env: unknown): { readonly requestContext?: unknown; readonly rawPath?: string } | undefined {
  return ((env ?? {}) as { readonly event?: ReturnType<typeof eventOf> }).event;
}
