import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  types: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not an event type such as CPS_RESTORE_SUCCESSFUL'))
    .min(1)
    .optional()
    .meta({
      description: 'Types of events to collect; absent: all',
      examples: [['CPS_RESTORE_SUCCESSFUL', 'CPS_RESTORE_FAILED']],
    }),
});

/** What `with` holds. */
export type EventsWith = z.output<typeof settings>;

/** Puts the events of the job's time on both clusters into the evidence (return-events-from-one-project). */
export const eventsKind = {
  use: 'events',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: ['listGroupEvents'],
  with: settings,
  summary: ({ types }) => `Collect the events of both clusters (${types?.join(', ') ?? 'all types'})`,
} as const satisfies StepKind<EventsWith>;
