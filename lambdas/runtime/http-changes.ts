import { randomInt } from 'node:crypto';
import type { HttpHost } from '../../core/http/host.ts';
import { createRequestStore } from '../../core/jobs/table/kept-requests.ts';
import { connectAtlas } from './atlas.ts';
import { outbound } from './outbound.ts';
import { installationPolicy } from './policy.ts';
import { historyTable } from './table.ts';
import { runWorkflow, wake } from './workflows.ts';

/** What it takes to start, plan and decide. */
export function changes(): Partial<HttpHost> {
  return {
    requests: createRequestStore(historyTable()),
    policy: installationPolicy(),
    outbound,
    atlas: connectAtlas,
    runWorkflow,
    wake: ({ taskToken }) => wake(taskToken),
    seed: () => randomInt(0, 2 ** 32),
  };
}
