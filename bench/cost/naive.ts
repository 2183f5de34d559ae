import { readFileSync } from 'node:fs';
import { backupsOf } from '../../core/backups/backups-of.ts';
import type { Task } from '../../core/tasks/context.ts';
import { createEngine } from '../../local/engine/engine.ts';
import { parseWorkflow } from '../../workflows/workflow.ts';
import { enteredHere } from '../../test/deploy/states.ts';
import { openRehearsal, type Rehearsal } from '../../test/support/rehearsal.ts';
import { meteredTasks } from './counted-job.ts';
import type { Counts } from './counts.ts';
import { SOURCE, TARGET } from './clusters.ts';
import { unitsOf } from './table-units.ts';

/** Seconds between two looks. */
const INTERVAL = 30;

/** Runs the loop of naive.asl.yaml over one restore, and counts. It keeps no record and checks nothing. */
export async function countNaiveLoop(world: unknown): Promise<Counts> {
  const at = await openRehearsal({ world });
  try {
    return await countIn(at);
  } finally {
    await at.close();
  }
}

async function countIn(at: Rehearsal): Promise<Counts> {
  const backups = await backupsOf(SOURCE, at.atlas);
  const [newest] = await backups.snapshots();
  const snapshotId = newest?.id ?? '';
  const requests = at.simulator.requests().length;
  let restoreId = '';
  const work = meteredTasks({
    StartRestore: async ({ jobId }) => {
      const started = await backups.startRestore({ delivery: 'automated', snapshotId, target: TARGET });
      restoreId = started.id;
      return { jobId, next: 'wait', waitSeconds: INTERVAL };
    },
    Look: async ({ jobId }) => {
      const { outcome } = await backups.restore(restoreId);
      return { jobId, next: outcome === 'running' ? 'wait' : 'done', waitSeconds: INTERVAL };
    },
  } satisfies Readonly<Record<string, Task>>);
  const engine = createEngine(
    parseWorkflow(readFileSync(new URL('naive.asl.yaml', import.meta.url), 'utf8')),
    work.tasks,
  );
  const entered = await enteredHere(() =>
    engine.run('naive', at.context, at.clock, new AbortController().signal),
  );
  return {
    entered,
    transitions: entered.length,
    retries: 0,
    taskCalls: work.calls(),
    otherCalls: 0,
    functions: work.names().size,
    handlerMilliseconds: work.milliseconds(),
    atlasCalls: at.simulator.requests().length - requests,
    table: unitsOf([]),
    httpRequests: 0,
  };
}
