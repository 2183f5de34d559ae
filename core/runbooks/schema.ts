import { z } from 'zod';
import { CROSS_FIELD, crossFieldFaults } from './cross-fields.ts';
import { clusterRef, duration, instant, projectId } from './fields.ts';
import { stepsSchema } from './steps/step-schema.ts';

/**
 * The schema of a runbook, version 1. Everything a user may write is here; `schemas/runbook.schema.json`
 * is generated from it for editors. Durations are written as `90s`, `30m`, `4h`, `2d` and held as seconds.
 *
 * A message continues the sentence "<the key> …", for example "source.project is not a project id".
 */

const snapshotId = z
  .string()
  .regex(/^[a-f0-9]{24}$/, 'is not a snapshot id: 24 hexadecimal digits, small letters');

/** Atlas's smallest point in time: 2008-01-01T00:00:00Z (restore-one-snapshot-of-one-cluster). */
const EARLIEST_SECONDS = 1_199_145_600;
const utcSeconds = z
  .int()
  .min(EARLIEST_SECONDS, 'is before 2008, the earliest that Atlas takes: write seconds since 1970')
  .max(2_147_483_647, 'is beyond what Atlas takes (32 bits): write seconds since 1970, not milliseconds')
  .meta({ description: 'Seconds since 1970-01-01T00:00:00Z', examples: [1786330800] });

const recoveryPoint = z
  .union(
    [
      z.strictObject({ snapshot: snapshotId.describe('Id of the snapshot to restore') }),
      z.strictObject({
        latest: z
          .strictObject({
            before: instant.optional().meta({
              description: 'The newest snapshot that completed before this instant (ISO 8601)',
              examples: ['2026-08-10T03:00:00Z'],
            }),
          })
          .describe('The newest completed snapshot'),
      }),
      z.strictObject({
        random: z
          .strictObject({
            within: duration.describe('How far back from now a snapshot may lie, for example 7d'),
            seed: z.int().min(0).max(4_294_967_295).optional().describe('Repeats an earlier draw'),
          })
          .describe('One snapshot of the window, each as likely'),
      }),
      z.strictObject({
        pointInTime: z
          .union(
            [
              z.strictObject({ utcSeconds }),
              z.strictObject({
                oplogSeconds: utcSeconds,
                oplogIncrement: z
                  .int()
                  .min(1)
                  .max(2_147_483_647)
                  .describe('Order of the operation in its second'),
              }),
            ],
            { error: 'needs either utcSeconds, or oplogSeconds with oplogIncrement' },
          )
          .describe('Seconds since the UNIX epoch, or an oplog timestamp with its increment'),
      }),
      z.strictObject({
        fresh: z
          .strictObject({
            retentionDays: z.int().min(1).max(365).default(1).describe('How many days Atlas keeps it'),
          })
          .describe('A new on-demand snapshot, taken first'),
      }),
    ],
    { error: 'needs exactly one of snapshot, latest, random, pointInTime, fresh' },
  )
  .describe('What to restore: exactly one of snapshot, latest, random, pointInTime, fresh');

const guards = z
  .strictObject({
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
    confirmErase: z
      .string()
      .optional()
      .describe('To overwrite the source or a protected cluster, write: erase PROJECT/CLUSTER'),
    fallbackSnapshots: z
      .boolean()
      .default(false)
      .describe('Accept a fallback snapshot, which may be inconsistent'),
    unknown: z
      .enum(['stop', 'continue'])
      .default('stop')
      .describe('What to do when a guard could not look, for example for want of a role'),
  })
  .describe('What must hold before anything is changed');

const verification = z
  .strictObject({
    settle: duration.prefault('30m').describe('How long the target may take to be IDLE again'),
    alerts: z.boolean().default(true).describe('Fail when an alert opened on the target since the job began'),
    events: z.boolean().default(true).describe('Look for the project event that confirms the restore'),
  })
  .describe('How the restore is proven');

const timeouts = z
  .strictObject({
    snapshot: duration.prefault('4h').describe('Until the recovery point has completed'),
    restore: duration.prefault('12h').describe('Until Atlas has finished the restore'),
    job: duration
      .prefault('24h')
      .describe('Until Atlas has finished the restore; what comes after has limits of its own'),
  })
  .describe('When to give up');

const objectives = z
  .strictObject({
    rto: duration.optional().describe('Longest acceptable time until the data is back, for example 1h'),
    rpo: duration.optional().describe('Longest acceptable loss of data, for example 24h'),
  })
  .describe('What the restore must achieve; a job that misses one fails');

/** A runbook as a user writes it, checked and with its defaults filled in. Durations are seconds. */
export const runbookSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of the runbook format'),
    kind: z.enum(['drill', 'restore']).describe('drill: rehearse a restore; restore: perform one'),
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]{0,62}$/,
        'is not a runbook name: small letters, digits and dashes, at most 63',
      )
      .meta({
        description: 'Short name under which history lists its jobs',
        examples: ['orders-weekly-drill'],
      }),
    description: z.string().max(1000).optional().describe('What this runbook is for, in your words'),
    source: clusterRef.describe('The cluster whose backup is restored'),
    target: clusterRef.optional().describe('The cluster that is overwritten; none for a download'),
    recoveryPoint,
    delivery: z
      .enum(['automated', 'pointInTime', 'download'])
      .default('automated')
      .describe('automated: a snapshot onto the target; pointInTime: an instant onto it; download: a link'),
    objectives: objectives.prefault({}),
    guards: guards.prefault({}),
    verification: verification.prefault({}),
    timeouts: timeouts.prefault({}),
    ...stepsSchema,
  })
  .superRefine((runbook, context) => {
    for (const fault of crossFieldFaults(runbook)) {
      context.addIssue({
        code: 'custom',
        path: [...fault.path],
        message: fault.message,
        params: { [CROSS_FIELD]: true },
      });
    }
  });

/** A runbook, checked and complete. Durations are seconds. */
export type Runbook = z.output<typeof runbookSchema>;

/** What a runbook says of its recovery point. */
export type RecoveryPointSelector = Runbook['recoveryPoint'];
