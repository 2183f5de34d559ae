import * as z from 'zod';
import { duration, plainText, projectId } from '../fields.ts';
import { approvalRule } from './approval.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';
import { notify } from './notify.ts';

/** The keys that begin every runbook, beside its kind. */
export const heading = {
  version: z.literal(1).describe('Version of the runbook format'),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not a runbook name: small letters, digits and dashes, at most 63')
    .meta({
      description: 'Short name under which history lists its jobs',
      examples: ['orders-weekly-drill'],
    }),
  description: plainText.max(1000).optional().describe('What this runbook is for, in your words'),
};

/** The keys about people, the same in every kind of runbook. */
export const people = {
  approval: approvalRule.optional().describe('Who has to say yes before it begins what cannot be undone'),
  notify,
};

/** The guards that every kind of runbook has. */
export const commonGuards = {
  allowedProjects: z
    .array(projectId)
    .min(1)
    .optional()
    .describe('Projects whose clusters may be overwritten; absent: any project'),
  protectedClusters: z
    .array(
      z
        .string()
        .regex(/^[a-f0-9]{24}\/([a-zA-Z0-9][a-zA-Z0-9-]*|\*)$/, 'is not PROJECT/CLUSTER or PROJECT/*'),
    )
    .default([])
    .describe('Clusters never to overwrite, as PROJECT/CLUSTER or PROJECT/*'),
  unknown: z
    .enum(['stop', 'continue'])
    .default('stop')
    .describe('What to do when a guard could not look, for example for want of a role'),
};

/** What the section `guards` is for. */
export const GUARDS = 'What must hold before anything is changed';

/** What the section `timeouts` is for. */
export const TIMEOUTS = 'When to give up';

/** How long guards and the steps of `ready` may take in all. */
export const guardsTimeout = duration
  .prefault(DEFAULT_LIMITS.restore.guards)
  .describe('Until the guards and the steps of ready are through');
