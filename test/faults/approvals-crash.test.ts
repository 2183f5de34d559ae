import { expect, it } from 'vitest';
import { decideJob } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { verifyChain } from '../../core/jobs/chain.ts';
import { erasing, TARGET } from '../support/approving.ts';
import { manualClock, type ManualClock } from '../support/manual-clock.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';
import { doomed, type CrashPoint } from './crashing.ts';

const PROTECTED = { protectedClusters: [TARGET] };

interface Night {
  readonly at: Rehearsal;
  readonly jobId: string;
}

/** A restore that anna approves as soon as it sleeps over its question, whichever process it is that sleeps. */
async function night(): Promise<Night> {
  const base = manualClock();
  const sleeper: { night?: Night } = {};
  const clock: ManualClock = {
    ...base,
    async sleep(milliseconds, signal) {
      if (sleeper.night !== undefined) await approve(sleeper.night);
      await base.sleep(milliseconds, signal);
    },
  };
  const at = await openRehearsal({ clock });
  const opened = { at, jobId: (await at.start(erasing(), PROTECTED)).jobId };
  sleeper.night = opened;
  return opened;
}

async function approve({ at, jobId }: Night): Promise<void> {
  const open = openRequest(await at.jobs.get(jobId));
  if (open === undefined || open.request.decisions.length > 0) return;
  const { hash } = open.request.plan;
  const by = { type: 'cli', who: 'anna' } as const;
  await decideJob(jobId, { decision: 'approve', by, reason: 'looked at it', plan: hash }, at.jobs, at.clock);
}

/** The changes that a job makes while it asks people: from the choice of its recovery point until its restore. */
async function changesAroundTheQuestion(): Promise<{ first: number; last: number }> {
  const { at, jobId } = await night();
  try {
    const living = doomed(at.context);
    const marks = { first: 0, last: 0 };
    at.when('recovery-point-chosen', () => Promise.resolve(void (marks.first = living.changes.length)));
    at.when('restore-started', () => Promise.resolve(void (marks.last = living.changes.length)));
    await at.run(jobId, { context: living.context });
    return marks;
  } finally {
    await at.close();
  }
}

async function crashAndResume(point: CrashPoint): Promise<void> {
  const { at, jobId } = await night();
  try {
    const process = doomed(at.context, point);
    await Promise.race([at.run(jobId, { context: process.context }), process.dead]);
    const job = await at.run(jobId);
    expect(job.failure).toBeUndefined();
    expect(job.status).toBe('SUCCEEDED');
    expect(job.approvals.job).toMatchObject({
      number: 1,
      outcome: 'approved',
      decisions: [{ by: { who: 'anna' } }],
    });
    expect(at.simulator.restoreJobs().map(({ id }) => id)).toEqual([job.atlas.restoreJobId]);
    const timeline = await at.jobs.timeline(jobId);
    expect(verifyChain(timeline)).toMatchObject({ ok: true });
    const told = timeline.map(({ type }) => type).filter((type) => type.startsWith('approval-'));
    expect(told).toEqual(['approval-wanted', 'approval-given', 'approval-approved']);
  } finally {
    await at.close();
  }
}

it('killed before and after every change around its question, a job asks once, is approved once and restores once', async () => {
  const { first, last } = await changesAroundTheQuestion();
  expect(last - first).toBeGreaterThan(8);
  for (let change = first; change <= last; change += 1) {
    await crashAndResume({ change, side: 'before' });
    await crashAndResume({ change, side: 'after' });
  }
}, 240_000);
