import * as z from 'zod';
import { CROSS_FIELD, crossFieldFaults } from './cross-fields.ts';
import { campaignRunbook } from './kinds/campaign.ts';
import { cutoverRunbook } from './kinds/cutover.ts';
import { pipelineRunbook } from './kinds/pipeline.ts';
import { restoreRunbook } from './kinds/restore.ts';

/**
 * The schema of a runbook, version 1. Everything a user may write is here and in kinds/; `schemas/runbook.schema.json` is
 * generated from it for editors. Durations are written as `90s`, `30m`, `4h`, `2d` and held as seconds.
 *
 * A message continues the sentence "<the key> …", for example "source.project is not a project id".
 */
export const runbookSchema = z
  .discriminatedUnion('kind', [restoreRunbook, cutoverRunbook, pipelineRunbook, campaignRunbook])
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

/** A runbook of any kind, checked and complete. Durations are seconds. */
export type Runbook = z.output<typeof runbookSchema>;
