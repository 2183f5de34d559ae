import { expect, onTestFinished } from 'vitest';
import { decideJob, type DecisionRequest } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Job } from '../../core/jobs/job.ts';
import { openRehearsal, runbookText, type Rehearsal, type RehearsalOptions } from './rehearsal.ts';

/** The cluster that the jobs overwrite. */
export const TARGET = '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill';
const PROTECTED: Policy = { protectedClusters: [TARGET] };

/** A restore onto a cluster that the installation protects, and that the runbook says to erase. */
export function erasing(parts: Record<string, string> = {}): string {
  return runbookText({ kind: 'restore', guards: `{ confirmErase: erase ${TARGET} }`, ...parts });
}

/** A job whose people can be played. */
export interface Asking {
  readonly at: Rehearsal;
  readonly jobId: string;
  /** Says something of the job, by default yes to the plan that stands now. */
  say(who: string, changes?: Partial<DecisionRequest>): Promise<Job>;
  types(): Promise<string[]>;
}

/** Opens a job in a rehearsal that is closed with the test. */
export async function openAsking(
  text: string,
  options: RehearsalOptions = {},
  policy = PROTECTED,
): Promise<Asking> {
  const at = await openRehearsal(options);
  onTestFinished(() => at.close());
  const { jobId } = await at.start(text, policy);
  return {
    at,
    jobId,
    async say(who, changes = {}) {
      const asked = openRequest(await at.jobs.get(jobId));
      const decision: DecisionRequest = {
        decision: 'approve',
        by: { type: 'cli', who },
        reason: 'looked at it',
        plan: asked?.request.plan.hash ?? '',
        ...changes,
      };
      return decideJob(jobId, decision, at.jobs, at.clock);
    },
    async types() {
      const timeline = await at.jobs.timeline(jobId);
      expect(verifyChain(timeline)).toMatchObject({ ok: true });
      return timeline.map(({ type }) => type);
    },
  };
}
