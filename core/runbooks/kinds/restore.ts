import * as z from 'zod';
import { clusterRef, duration } from '../fields.ts';
import { stageLists } from '../steps/step-schema.ts';
import { commonGuards, GUARDS, guardsTimeout, heading, people, TIMEOUTS } from './common.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';
import { recoveryPoint } from './recovery-point.ts';
import { schedule } from './schedule.ts';

const guards = z
  .strictObject({
    ...commonGuards,
    confirmErase: z
      .string()
      .optional()
      .describe('To overwrite the source or a protected cluster, write: erase PROJECT/CLUSTER'),
    fallbackSnapshots: z
      .boolean()
      .default(false)
      .describe('Accept a fallback snapshot, which may be inconsistent'),
  })
  .describe(GUARDS);

const verification = z
  .strictObject({
    settle: duration.prefault('30m').describe('How long the target may take to be IDLE again'),
    alerts: z.boolean().default(true).describe('Fail when an alert opened on the target since the job began'),
    events: z.boolean().default(true).describe('Look for the project event that confirms the restore'),
  })
  .describe('How the restore is proven');

const LIMITS = DEFAULT_LIMITS.restore;

const timeouts = z
  .strictObject({
    guards: guardsTimeout,
    snapshot: duration.prefault(LIMITS.snapshot).describe('Until the recovery point has completed'),
    restore: duration.prefault(LIMITS.restore).describe('Until Atlas has finished the restore'),
    job: duration
      .prefault(LIMITS.job)
      .describe('Until Atlas has finished the restore; what comes after has limits of its own'),
  })
  .describe(TIMEOUTS);

const objectives = z
  .strictObject({
    rto: duration.optional().describe('Longest acceptable time until the data is back, for example 1h'),
    rpo: duration.optional().describe('Longest acceptable loss of data, for example 24h'),
  })
  .describe('What the restore must achieve; a job that misses one fails');

/** A drill or a restore as a user writes it. Durations are written as `90s`, `30m`, `4h`, `2d` and held as seconds. */
export const restoreRunbook = z.strictObject({
  ...heading,
  kind: z.enum(['drill', 'restore']).describe('drill: rehearse a restore; restore: perform one'),
  schedule: schedule.optional(),
  source: clusterRef.describe('The cluster whose backup is restored'),
  target: clusterRef.optional().describe('The cluster that is overwritten; none for a download'),
  recoveryPoint,
  delivery: z
    .enum(['automated', 'pointInTime', 'download'])
    .default('automated')
    .describe('automated: a snapshot onto the target; pointInTime: an instant onto it; download: a link'),
  onCancel: z
    .enum(['follow', 'leave'])
    .default('follow')
    .describe('Cancelled while Atlas restores, which it does not stop: follow it to its end, or leave it'),
  objectives: objectives.prefault({}),
  guards: guards.prefault({}),
  verification: verification.prefault({}),
  timeouts: timeouts.prefault({}),
  ...people,
  ...stageLists('restore'),
});

/** A drill or a restore, checked and complete. Durations are seconds. */
export type RestoreRunbook = z.output<typeof restoreRunbook>;

/** What a runbook says of its recovery point. */
export type RecoveryPointSelector = RestoreRunbook['recoveryPoint'];
