import { z } from 'zod';
import { duration } from '../fields.ts';
import type { StepKind } from './kind.ts';

/** What can be compared of a database. */
export const MEASURES = ['objects', 'dataSize', 'collections', 'indexes', 'views'] as const;

const settings = z.strictObject({
  tolerance: z
    .number()
    .min(0)
    .max(100)
    .describe('How far a value may be from that of the source, in percent of the latter'),
  measures: z
    .array(z.enum(MEASURES))
    .min(1)
    .default([...MEASURES])
    .describe('What to compare; absent: everything'),
  databases: z
    .array(z.string().min(1).max(64))
    .min(1)
    .optional()
    .describe('Databases to compare; absent: all but admin, config and local'),
  wait: duration
    .prefault('45m')
    .describe('How long after the restore values may be missing: Atlas measures every 20 minutes or so'),
});

/** What `with` holds. */
export type MeasurementsWith = z.output<typeof settings>;

/**
 * Each database of the restored cluster is about as large as it was on the source at the recovery point
 * (return-measurements-for-one-database-in-one-mongodb-process). Its timeout must be longer than `wait`.
 */
export const measurementsKind = {
  use: 'measurements',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  timeout: '1h',
  operations: ['listGroupProcesses', 'listDatabases', 'getDatabaseMeasurements'],
  with: settings,
  summary: ({ measures, tolerance }) =>
    `Compare ${measures.join(', ')} of each database with the source, within ${tolerance} %`,
} as const satisfies StepKind<MeasurementsWith>;
