import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  fields: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not a field name such as CLUSTER_NAME'))
    .min(1)
    .meta({
      description: 'Names that alert configurations may match by, as Atlas writes them',
      examples: [['CLUSTER_NAME', 'REPLICA_SET_NAME']],
    }),
});

/** What `with` holds. */
export type AlertFieldsWith = z.output<typeof settings>;

/**
 * The fields by which alerts are narrowed down still have the names that somebody relies on
 * (return-all-alert-configuration-matchers-field-names).
 */
export const alertFieldsKind = {
  use: 'alert-fields',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: ['listMatcherFieldNames'],
  with: settings,
  summary: ({ fields }) => `Check that alerts can still be matched by ${fields.join(', ')}`,
} as const satisfies StepKind<AlertFieldsWith>;
