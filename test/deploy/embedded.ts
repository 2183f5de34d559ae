import { decideJob } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';
import { enteredHere } from './states.ts';

/** The seed that test/support/rehearsal.ts gives its jobs: the deployed ones are started with the same. */
export const JOB_SEED = 7;

/** A job as the embedded engine ran it. */
export interface EmbeddedRun {
  readonly job: Job;
  /** The states that it entered, in order. */
  readonly entered: readonly string[];
}

/**
 * Runs runbooks to their ends in this process, each in a simulated Atlas of its own, and answers yes to what they ask. One after
 * the other: the states are told of the engine, not of a job.
 *
 * @param texts by any name.
 */
export async function runAllEmbedded(
  texts: Readonly<Record<string, string>>,
  seed: number,
): Promise<Readonly<Record<string, EmbeddedRun>>> {
  const runs: Record<string, EmbeddedRun> = {};
  for (const [name, text] of Object.entries(texts)) runs[name] = await runEmbedded(text, seed);
  return runs;
}

async function runEmbedded(runbookText: string, seed: number): Promise<EmbeddedRun> {
  const at = await openRehearsal({ seed });
  try {
    const { jobId } = await at.start(runbookText);
    approveAll(at, jobId);
    const entered = await enteredHere(() => at.run(jobId));
    return { job: await at.jobs.get(jobId), entered };
  } finally {
    await at.close();
  }
}

function approveAll(at: Rehearsal, jobId: string): void {
  at.when('approval-wanted', async () => {
    approveAll(at, jobId);
    const asked = openRequest(await at.jobs.get(jobId))?.request;
    if (asked === undefined || asked.decisions.length > 0) return;
    const by = { type: 'cli', who: 'approver' } as const;
    await decideJob(
      jobId,
      { decision: 'approve', by, reason: 'Go on.', plan: asked.plan.hash },
      at.jobs,
      at.clock,
    );
  });
}
