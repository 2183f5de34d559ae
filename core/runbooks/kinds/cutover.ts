import * as z from 'zod';
import { clusterRef, duration, plainText } from '../fields.ts';
import { idField } from '../id-field.ts';
import { stageLists } from '../steps/step-schema.ts';
import { commonGuards, GUARDS, guardsTimeout, heading, people, TIMEOUTS } from './common.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';

const lag = z
  .strictObject({
    atMost: duration.describe(
      'Longest lag of the target with which the cutover is asked for, for example 5s',
    ),
    readings: z.int().min(2).max(20).default(3).describe('How many readings in a row must be that low'),
    every: duration.prefault('10s').describe('Time between two readings'),
  })
  .describe('How close the target must have come once writes are stopped; an unknown lag is never close');

const verification = z
  .strictObject({
    settle: duration.prefault('30m').describe('How long the target may take to be IDLE again'),
    alerts: z.boolean().default(true).describe('Fail when an alert opened on the target since the job began'),
  })
  .describe('How the cutover is proven');

const snapshot = z
  .strictObject({
    retentionDays: z.int().min(1).max(365).default(7).describe('How many days Atlas keeps it'),
  })
  .describe(
    'The snapshot taken once the cutover is verified: Atlas takes none of a cluster that is migrated into',
  );

const LIMITS = DEFAULT_LIMITS.cutover;

const timeouts = z
  .strictObject({
    guards: guardsTimeout,
    ready: duration.prefault(LIMITS.ready).describe('Until the migration is ready for its cutover'),
    cutover: duration.prefault(LIMITS.cutover).describe('Until Atlas has completed the cutover'),
    snapshot: duration.prefault(LIMITS.snapshot).describe('Until the snapshot after it has completed'),
    job: duration
      .prefault(LIMITS.job)
      .describe('Until the cutover is asked for; what comes after has limits of its own'),
  })
  .describe(TIMEOUTS);

/** The cutover of a live migration as a user writes it. Durations are held as seconds. */
export const cutoverRunbook = z.strictObject({
  ...heading,
  kind: z.literal('cutover').describe('Cut a live migration over'),
  migration: idField('live migration'),
  source: clusterRef
    .optional()
    .describe(
      'The cluster that is migrated, where it is in Atlas too: what was migrated is compared with it',
    ),
  target: clusterRef.describe('The cluster that is migrated into; the migration belongs to its project'),
  lag,
  maxWriteStop: duration.describe(
    'Longest time without writes until the cutover is asked for; then writes are resumed',
  ),
  rollback: plainText
    .min(1, 'is empty')
    .max(8000)
    .describe(
      'What people do if it goes wrong, for the report. There is no way back through Atlas. {{job}}, {{source}}, {{target}} and others are filled in',
    ),
  guards: z.strictObject(commonGuards).describe(GUARDS).prefault({}),
  verification: verification.prefault({}),
  snapshot: snapshot.prefault({}),
  timeouts: timeouts.prefault({}),
  ...people,
  ...stageLists('cutover'),
});

/** The cutover of a live migration, checked and complete. Durations are seconds. */
export type CutoverRunbook = z.output<typeof cutoverRunbook>;
