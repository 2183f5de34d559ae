import { isoTime } from '../../clock.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { amend } from '../amend.ts';
import type { TaskContext } from '../context.ts';

/** Writes the milestone and its phase; repeated after a crash, it is written once all the same. */
export async function noteAccepted(job: CutoverJob, context: TaskContext): Promise<void> {
  const { acceptedAt, intent, adopted } = job.cutover;
  if (acceptedAt === undefined || intent === undefined) return;
  if (job.phases.cutover === undefined) {
    await amend(
      job,
      (current) => ({
        ...current,
        phases: begin(end(current.phases, 'writeStop', intent.at), 'cutover', intent.at),
      }),
      context,
    );
  }
  const { migration, target } = job.runbook;
  const how = adopted === true ? 'The request had arrived: Atlas' : 'Atlas';
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cutover-accepted',
    once: 'cutover-accepted',
    message: `${how} cuts live migration ${migration} over into ${clusterName(target)}. From here on there is no way back through Atlas.`,
    data: {
      askedAt: intent.at,
      attempt: intent.attempt,
      lagSeconds: intent.lagSeconds,
      adopted: adopted ?? false,
    },
  });
}
