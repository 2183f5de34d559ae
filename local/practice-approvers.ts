import type { Clock } from '../core/clock.ts';
import { decideJob } from '../core/commands/decide-job.ts';
import { openRequest } from '../core/jobs/approvals/open-request.ts';
import type { Job } from '../core/jobs/job.ts';
import type { JobStore } from '../core/jobs/store.ts';
import { samePerson } from '../core/person.ts';

/**
 * Plays the people who approve what a simulated job asks now, by the names that its runbook knows. Each approval is marked as
 * played; the rules take none of them for a job in a real Atlas.
 *
 * @throws ApprovalRefusedError, JobConflictError
 */
export async function playApprovers(jobId: string, jobs: JobStore, clock: Clock): Promise<void> {
  const job = await jobs.get(jobId);
  const open = openRequest(job);
  if (open === undefined) return;
  const { rule, plan, decisions } = open.request;
  const missing = players(rule, job).filter((who) => !decisions.some(({ by }) => samePerson(by.who, who)));
  for (const who of missing.slice(0, rule.count - decisions.length)) {
    await decideJob(
      jobId,
      {
        decision: 'approve',
        by: { type: 'cli', who },
        reason: 'Played by lifeboat --auto-approve.',
        plan: plan.hash,
        played: true,
      },
      jobs,
      clock,
    );
  }
}

function players(
  { from, count }: NonNullable<ReturnType<typeof openRequest>>['request']['rule'],
  { startedBy }: Job,
): string[] {
  const names =
    from ??
    Array.from({ length: count }, (_, index) => `practice approver${index === 0 ? '' : ` ${index + 1}`}`);
  return names.filter((who) => !samePerson(who, startedBy.who));
}
