import * as z from 'zod';
import type { StepKind } from './protocol/step-kind.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, see } from './shared/seeing.ts';

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
 * The fields by which alerts are narrowed down still have the names that somebody relies on.
 *
 * Doc: return-all-alert-configuration-matchers-field-names.
 */
export const alertFields: StepKind<AlertFieldsWith> = {
  use: 'alert-fields',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: { listMatcherFieldNames: [] },
  with: settings,
  summary: ({ fields }) => `Check that alerts can still be matched by ${fields.join(', ')}`,

  async look({ fields }, { atlas }) {
    const found = await see('the fields that alerts are matched by', () =>
      atlas.alerts.listMatcherFieldNames({}),
    );
    if ('unseen' in found) return couldNotSee(found, 'whether the named ones are among them');
    const known: readonly string[] = found.seen;
    const missing = fields.filter((field) => !known.includes(field));
    const evidence = { asked: fields.length, known: known.length, missing: listed(missing) };
    return missing.length === 0
      ? { outcome: 'done', message: `Alerts can be matched by ${listed(fields)}.`, evidence }
      : {
          outcome: 'failed',
          message: `Alerts cannot be matched by ${listed(missing)}: Atlas knows ${listed(known)}.`,
          evidence,
        };
  },
};
