import type { AlertFieldsWith } from '../runbooks/steps/alert-fields.ts';
import { listed } from './listed.ts';
import { couldNotSee, see } from './seeing.ts';
import type { StepWork } from './step.ts';

/** Atlas still knows the named fields. */
export const alertFields: StepWork<AlertFieldsWith> = {
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
