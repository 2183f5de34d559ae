import { plainLine } from '../fields.ts';
import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  count: z
    .enum(['total', 'free'])
    .default('total')
    .describe('total: free and used space, for a restore erases what is there; free: only what is free now'),
  spare: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('How much more than the size of the data there must be, in percent'),
  partitions: z
    .array(plainLine.min(1))
    .min(1)
    .optional()
    .describe('Names of the partitions that hold data; absent: every one that Atlas lists'),
});

/** What `with` holds. */
export type DisksWith = z.output<typeof settings>;

/** The target has partitions, and on each of them room for what is to be restored (return-available-disks-for-one-mongodb-process). */
export const disksKind = {
  use: 'disks',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: ['listGroupProcesses', 'listProcessDisks', 'getProcessDiskMeasurements'],
  with: settings,
  summary: (_settings, { target }) =>
    `Check that the disks of ${target?.cluster ?? 'the target'} have room for what is restored`,
} as const satisfies StepKind<DisksWith>;
