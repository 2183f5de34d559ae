import * as z from 'zod';
import { duration } from '../fields.ts';
import type { StepKind } from './kind.ts';

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

/** Lets MongoDB's employees look at the target, until a time (grant-mongodb-employee-cluster-access-for-one-cluster). */
export const supportAccessKind = {
  use: 'support-access',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: ['grantMongoEmployeeAccess'],
  with: settings,
  summary: ({ access, beyondJob }, { target }) =>
    `Let MongoDB's employees look at ${target?.cluster ?? 'the target'} (${access})` +
    (beyondJob ? '' : ', at most until the deadline of the job'),
} as const satisfies StepKind<SupportAccessWith>;
