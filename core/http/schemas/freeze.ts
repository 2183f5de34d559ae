import * as z from 'zod';
import { component } from './component.ts';
import * as field from './fields.ts';

/** Whether an installation is frozen. */
export const freezeSchema = component(
  'Freeze',
  z
    .object({
      frozen: z.boolean().describe('Whether every new change is refused'),
      since: field.instant.nullable().describe('When it was first frozen; null when it is not'),
      log: z
        .array(
          z.object({
            act: z.enum(['freeze', 'unfreeze']),
            at: field.instant,
            by: field.startedBy,
            reason: z.string().nullable(),
          }),
        )
        .describe('Who froze and unfroze it, oldest first'),
    })
    .describe('Whether anything new may be changed'),
);
