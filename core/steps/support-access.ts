import { isoTime } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { SupportAccessWith } from '../runbooks/steps/support-access.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';

/** Lets MongoDB's employees look at the target. Sent twice, the grant ends at the same time: it counts from the step's start. */
export const supportAccess: StepWork<SupportAccessWith> = {
  send: onTarget(async (settings, target, { job, atlas, now, startedAt }) => {
    const { access, beyondJob } = settings;
    const deadline = deadlineOf(job);
    const wanted = settings.for === undefined ? deadline : Date.parse(startedAt) + settings.for * 1000;
    const end = beyondJob ? wanted : Math.min(wanted, deadline);
    const until = isoTime(end);
    const name = clusterName(target);
    if (end <= Date.parse(now)) {
      return {
        outcome: 'failed',
        message: `MongoDB's employees were not let in to ${name}: the access would have ended at ${until}, which is over.`,
      };
    }
    await atlas.clusters.grantMongoEmployeeAccess({
      groupId: target.project,
      clusterName: target.cluster,
      body: { grantType: access, expirationTime: until },
    });
    const cut = end < wanted ? ', the deadline of the job' : '';
    return {
      outcome: 'done',
      message: `MongoDB's employees may look at ${name} (${access}) until ${until}${cut}.`,
      evidence: { access, until, cutToDeadline: end < wanted },
    };
  }),
};

/** When the job gives up (timeouts.job), milliseconds since the UNIX epoch. */
function deadlineOf({ startedAt, createdAt, runbook }: Job): number {
  return Date.parse(startedAt ?? createdAt) + runbook.timeouts.job * 1000;
}
