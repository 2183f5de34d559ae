import * as z from 'zod';
import { duration, plainLine } from '../fields.ts';
import type { StepKind } from './kind.ts';

/** What can be compared of a database. */
export const MEASURES = ['objects', 'dataSize', 'collections', 'indexes', 'views'] as const;

const figure = z.int().min(0).optional();

/** Sizes in bytes, everything else in pieces. */
const figures = z
  .strictObject({
    database: plainLine.min(1).max(64).describe('Name of the database'),
    objects: figure.describe('How many documents it holds'),
    dataSize: figure.describe('Bytes of its documents, uncompressed'),
    collections: figure.describe('How many collections it has'),
    indexes: figure.describe('How many indexes'),
    views: figure.describe('How many views'),
  })
  .refine((one) => MEASURES.some((measure) => one[measure] !== undefined), {
    error: `needs at least one of ${MEASURES.join(', ')}`,
  });

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
    .array(plainLine.min(1).max(64))
    .min(1)
    .optional()
    .describe('Databases to compare; absent: all but admin, config and local'),
  expected: z
    .array(figures)
    .min(1)
    .max(100)
    .optional()
    .describe(
      'What each database must hold, instead of what the source holds: for a source outside of Atlas',
    ),
  wait: duration
    .prefault('45m')
    .describe('How long after the restore values may be missing: Atlas measures every 20 minutes or so'),
});

/** What `with` holds. */
export type MeasurementsWith = z.output<typeof settings>;

/**
 * Each database of the target is about as large as it was on the source at the recovery point or when writes were stopped, or as
 * the runbook expects (return-measurements-for-one-database-in-one-mongodb-process). Its timeout must be longer than `wait`.
 */
export const measurementsKind = {
  use: 'measurements',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  timeout: '1h',
  operations: ['listGroupProcesses', 'listDatabases', 'getDatabaseMeasurements'],
  with: settings,
  summary: ({ measures, tolerance, expected }) =>
    expected === undefined
      ? `Compare ${measures.join(', ')} of each database with the source, within ${tolerance} %`
      : `Compare ${expected.map(({ database }) => database).join(', ')} with the figures of the runbook, within ${tolerance} %`,
} as const satisfies StepKind<MeasurementsWith>;
