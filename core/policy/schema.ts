import * as z from 'zod';
import { projectId } from '../runbooks/fields.ts';
import { approvalRule } from '../runbooks/kinds/approval.ts';
import { notify } from '../runbooks/kinds/notify.ts';

const CLUSTER = '[a-f0-9]{24}\\/([a-zA-Z0-9][a-zA-Z0-9-]*|\\*)';

/** Most entries of a list: a policy is recorded in every job, and a DynamoDB item ends at 400 KB. */
const MOST = 200;

const cluster = z
  .string()
  .regex(new RegExp(`^${CLUSTER}$`), 'is not PROJECT/CLUSTER or PROJECT/*')
  .meta({ examples: ['5e2f1c0a9d3b7a4c8e6f0a01/orders', '5e2f1c0a9d3b7a4c8e6f0a01/*'] });

const target = z
  .string()
  .regex(new RegExp(`^(${CLUSTER}|\\*)$`), 'is not PROJECT/CLUSTER, PROJECT/* or *')
  .meta({ examples: ['5e2f1c0a9d3b7a4c8e6f0a01/*', '*'] });

const field = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9]*(\.[a-zA-Z][a-zA-Z0-9]*)*$/,
    'is not a field of a runbook: its keys with dots between, such as objectives.rto',
  )
  .max(200)
  .meta({ examples: ['recoveryPoint', 'objectives.rto'] });

const approval = z
  .strictObject({
    targets: z
      .array(target)
      .min(1)
      .max(MOST)
      .describe('The targets that need it: PROJECT/CLUSTER, PROJECT/*, or * for every one'),
    ...approvalRule.shape,
  })
  .describe('An approval that jobs need which change one of the targets, whatever their runbook says');

/**
 * The policy of an installation as its administrator writes it: the file that `LIFEBOAT_POLICY` names on one machine, the key
 * `policy` of the stack's configuration on AWS. Durations are held as seconds.
 */
export const policySchema = z.strictObject({
  protectedClusters: z
    .array(cluster)
    .max(MOST)
    .default([])
    .describe('Clusters never to overwrite, whatever a runbook says: PROJECT/CLUSTER or PROJECT/*'),
  allowedProjects: z
    .array(projectId)
    .min(1)
    .max(MOST)
    .optional()
    .describe('The only projects whose clusters may be overwritten; default: any'),
  runbooks: z
    .enum(['any', 'kept'])
    .default('any')
    .describe('kept: only runbooks that the installation keeps may be run'),
  runbooksFolder: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('On one machine: the folder of the kept runbooks, relative to the policy file'),
  overrides: z
    .array(field)
    .max(MOST)
    .default([])
    .describe('Fields of a kept runbook that whoever starts a job may override; default: none'),
  approvals: z.array(approval).max(50).default([]).describe('The approvals that jobs need'),
  breakGlass: z
    .boolean()
    .default(false)
    .describe('Whether one person may restore onto a protected cluster without an approval'),
  notify: notify.describe(
    'Channels that are notified of every job beside those of its runbook, and of each freeze and unfreeze',
  ),
});

/** A policy as it is written. */
export type WrittenPolicy = z.input<typeof policySchema>;
