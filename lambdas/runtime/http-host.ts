import { randomInt } from 'node:crypto';
import { ulid } from 'ulid';
import type { HttpHost } from '../../core/http/host.ts';
import { createRequestStore } from '../../core/jobs/table/kept-requests.ts';
import { apiCaller } from './api-caller.ts';
import { connectAtlas } from './atlas.ts';
import { readEnvironment } from './environment.ts';
import { keptRunbooks } from './kept-runbooks.ts';
import { logger } from './logger.ts';
import { machineClock } from './machine-clock.ts';
import { readFacts } from './reports.ts';
import { historyTable, jobHistory } from './table.ts';
import { runWorkflow, wake } from './workflows.ts';

/** The API's host on AWS: API Gateway has let the request in and says who sent it. */
export function awsHost(): HttpHost {
  const { LIFEBOAT_SCOPE_PREFIX: scopePrefix } = readEnvironment('scopes');
  return {
    jobs: jobHistory(),
    requests: createRequestStore(historyTable()),
    clock: machineClock,
    runbooks: keptRunbooks,
    policy: readEnvironment('policy').LIFEBOAT_POLICY,
    atlasUrl: new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin,
    atlas: connectAtlas,
    runWorkflow,
    wake: ({ taskToken }) => wake(taskToken),
    report: readFacts,
    newId: () => ulid(),
    seed: () => randomInt(0, 2 ** 32),
    caller: (_, env) => Promise.resolve(apiCaller(contextOf(env), scopePrefix)),
    onFailure(error, requestId) {
      logger.error('failed', { requestId, error: error as Error });
    },
  };
}

/** The event's `requestContext`, out of what Hono's adapter hands on. */
function contextOf(env: unknown): unknown {
  const { event } = (env ?? {}) as { readonly event?: { readonly requestContext?: unknown } };
  return event?.requestContext;
}
