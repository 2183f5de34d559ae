import * as z from 'zod';
import { isoTime } from '../clock.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { duration } from '../runbooks/fields.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { onTarget } from './shared/on-target.ts';

const settings = z
  .strictObject({
    access: z
      .enum([
        'CLUSTER_DATABASE_LOGS',
        'CLUSTER_INFRASTRUCTURE',
        'CLUSTER_INFRASTRUCTURE_AND_APP_SERVICES_SYNC_DATA',
      ])
      .describe("What MongoDB's employees may look at"),
    for: duration
      .optional()
      .describe('How long, from the start of the step; absent: until the deadline of the job'),
    beyondJob: z
      .boolean()
      .default(false)
      .describe('Let it last beyond the deadline of the job (timeouts.job), where it otherwise ends'),
  })
  .refine((read) => !read.beyondJob || read.for !== undefined, {
    path: ['for'],
    message: 'is missing: access beyond the job needs an end of its own',
  });

/** What `with` holds; `for` in seconds. */
export type SupportAccessWith = z.output<typeof settings>;

/**
 * Lets MongoDB's employees look at the target, until a time. Sent twice, the grant ends at the same time: it counts from the
 * step's start.
 *
 * Doc: grant-mongodb-employee-cluster-access-for-one-cluster.
 */
export const supportAccess: StepKind<SupportAccessWith> = {
  use: 'support-access',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: { grantMongoEmployeeAccess: ['Project Support Access Manager'] },
  with: settings,
  summary: ({ access, beyondJob }, { target }) =>
    `Let MongoDB's employees look at ${target?.cluster ?? 'the target'} (${access})` +
    (beyondJob ? '' : ', at most until the deadline of the job'),

  send: onTarget(async (settings, target, { job, atlas, now, startedAt }) => {
    const { access, beyondJob } = settings;
    const deadline = Date.parse(job.deadline);
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
