import * as z from 'zod';
import { duration, plainLine } from '../fields.ts';

/** Who may approve, and how many have to. Whoever started the job is never one of them. */
export const approvers = {
  from: z
    .array(plainLine.min(1, 'is empty').max(600))
    .min(1)
    .optional()
    .meta({
      description:
        'Who may approve, by the names that jobs are started under (docs/approvals.md); absent: anyone else',
      examples: [['anna', 'ben']],
    }),
  count: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('How many different people have to approve; never the one who started the job'),
};

/** The approval of a whole job, asked for before anything is done that cannot be undone. */
export const approvalRule = z.strictObject({
  ...approvers,
  within: duration.prefault('4h').describe('How long an answer is waited for; silence means no'),
});

/** What a runbook says of an approval, with its defaults. Durations are seconds. */
export type ApprovalRule = z.output<typeof approvalRule>;

/** The rule of a job that has to be approved although its runbook says nothing of it: one other person, within 4 hours. */
export const DEFAULT_APPROVAL: ApprovalRule = approvalRule.parse({});
