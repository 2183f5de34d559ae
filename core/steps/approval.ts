import * as z from 'zod';
import { trimmedLine } from '../runbooks/fields.ts';
import { approvers } from '../runbooks/kinds/approval.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import type { StepKind } from './protocol/step-kind.ts';

const settings = z.strictObject({
  prompt: trimmedLine
    .min(1, 'is empty')
    .max(500)
    .meta({
      description: 'What people confirm, as a sentence',
      examples: ['The order service is read-only.'],
    }),
  ...approvers,
});

/** What `with` holds. */
export type ApprovalWith = z.output<typeof settings>;

/** Somebody says yes before the job goes on. The time for it is the step's `timeout`; silence means no. */
export const approval: StepKind<ApprovalWith> = {
  use: 'approval',
  stages: STAGES,
  effect: 'check',
  destroys: false,
  timeout: '4h',
  operations: {},
  with: settings,
  summary: ({ prompt, count, from }) =>
    `Wait until ${count === 1 ? 'somebody else' : `${count} others`}${from === undefined ? '' : ` of ${from.join(', ')}`} approves: ${prompt}`,
  project: () => undefined,
};
