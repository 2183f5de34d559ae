import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  types: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not an event type such as NO_PRIMARY'))
    .min(1)
    .meta({
      description: 'Event types of the alerts to look for, as Atlas writes them',
      examples: [['NO_PRIMARY', 'CLUSTER_MONGOS_IS_MISSING']],
    }),
  on: z
    .array(z.enum(['source', 'target']))
    .min(1)
    .default(['source', 'target'])
    .describe('Which of the two clusters to look at'),
});

/** What `with` holds. */
export type AlertsWith = z.output<typeof settings>;

/**
 * No open alert of the named types. After the restore only those count that opened since the job began
 * (return-all-alerts-from-one-project).
 */
export const alertsKind = {
  use: 'alerts',
  stages: ['ready', 'verify'],
  effect: 'check',
  destroys: false,
  operations: ['listAlerts'],
  with: settings,
  summary: ({ types, on }) => `Look for open alerts ${types.join(', ')} on ${on.join(' and ')}`,
} as const satisfies StepKind<AlertsWith>;
