import * as z from 'zod';
import { plainLine } from '../../runbooks/fields.ts';

/** What can be compared of a database. */
export const MEASURES = ['objects', 'dataSize', 'collections', 'indexes', 'views'] as const;

export type Measure = (typeof MEASURES)[number];

const figure = z.int().min(0).optional();

/** What a database must hold. Sizes in bytes, everything else in pieces. */
export const figures = z
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

/** What a runbook expects of a database. */
export type ExpectedFigures = z.output<typeof figures>;
