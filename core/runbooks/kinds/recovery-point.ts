import * as z from 'zod';
import { duration, instant } from '../fields.ts';
import { DEFAULT_RETENTION_DAYS } from './default-limits.ts';

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

/** What a restore restores, as a runbook says it. */
export const recoveryPoint = z
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
            retentionDays: z
              .int()
              .min(1)
              .max(365)
              .default(DEFAULT_RETENTION_DAYS)
              .describe('How many days Atlas keeps it'),
          })
          .describe('A new on-demand snapshot, taken first'),
      }),
    ],
    { error: 'needs exactly one of snapshot, latest, random, pointInTime, fresh' },
  )
  .describe('What to restore: exactly one of snapshot, latest, random, pointInTime, fresh');
