import type { WorkClass } from '../../core/jobs/durations-store.ts';
import { isRestoreJob } from '../../core/jobs/job.ts';
import { restoreClass } from '../../core/tasks/work-class.ts';
import { durationOf } from '../../simulator/durations.ts';
import { runbookText, worldWith, type Rehearsal } from '../../test/support/rehearsal.ts';
import { TARGET } from './clusters.ts';
import { countJob } from './counted-job.ts';
import type { Counts } from './counts.ts';
import { countNaiveLoop } from './naive.ts';

const RUNBOOK = runbookText({ kind: 'restore', name: 'orders-restore', objectives: '{ rto: 4h, rpo: 24h }' });

/** How long the restore takes, in seconds. */
const HOUR = 3600;
const WORLD = worldWith({ name: TARGET.cluster, restores: { seconds: HOUR } });
/** The middle of what a restore takes in the simulated Atlas, in seconds. */
const MIDDLE = 232;
/** Earlier restores that Lifeboat has learnt from, where it has learnt. */
const EARLIER = 30;
/** How often it is run after other earlier restores. */
const PASTS = 9;

/** One restore of an hour, waited for in three ways. */
export interface HourRestore {
  /** The loop of naive.asl.yaml. */
  readonly naive: Counts;
  /** Lifeboat, when nothing is known of earlier restores. */
  readonly first: Counts;
  /** Lifeboat, each time after other earlier restores. */
  readonly learnt: readonly Counts[];
}

/** Runs a restore of an hour on the embedded engine, on time that goes by at once. */
export async function countHourRestore(): Promise<HourRestore> {
  const first = await countJob(RUNBOOK, { world: WORLD });
  const { job } = first;
  if (job.status !== 'SUCCEEDED' || !isRestoreJob(job)) {
    throw new Error(`The restore failed: ${job.failure?.message ?? ''}`);
  }
  const work = restoreClass(job);
  const learnt: Counts[] = [];
  for (let past = 0; past < PASTS; past += 1) {
    const { counts } = await countJob(RUNBOOK, { world: WORLD }, (at) => teach(at, work, past));
    learnt.push(counts);
  }
  return { naive: await countNaiveLoop(WORLD), first: first.counts, learnt };
}

/** Earlier restores, spread around an hour as those of Atlas's own tests are around four minutes. */
async function teach(at: Rehearsal, work: WorkClass, past: number): Promise<void> {
  for (let nth = 0; nth < EARLIER; nth += 1) {
    const purpose = `${past}/${nth}`;
    const took = Math.round((durationOf('automated', 1, purpose) / MIDDLE) * HOUR);
    await at.jobs.learnDuration(work, purpose, { afterSeconds: took, bySeconds: took });
  }
}
