import { isoTime } from '../../clock.ts';
import { planOfStep } from '../../jobs/approvals/plan-of-job.ts';
import { countedDecisions } from '../../jobs/approvals/rules.ts';
import { decisionText } from '../../jobs/approvals/wording.ts';
import { sentence } from '../../sentence.ts';
import { approval } from '../../steps/approval.ts';
import { askPeople } from '../approvals/ask-people.ts';
import { askSeconds } from '../approvals/ask-seconds.ts';
import { noApprovalText } from '../approvals/no-approval.ts';
import type { TaskContext } from '../context.ts';
import { ask, type Transition } from '../define-task.ts';
import { endStep, waitOrGiveUp, type BegunStep } from './end-step.ts';

/**
 * Asks people for a step that wants their word, or looks what they said. The step is done once enough of them approved, and
 * has failed when one says no or its time is over.
 */
export async function advanceApproval(begun: BegunStep, context: TaskContext): Promise<Transition> {
  const { key, stage, step, record, job } = begun;
  const { breakGlass } = begun.job;
  if (breakGlass !== undefined) {
    const message = `Nobody was asked: break-glass of ${breakGlass.by.who}.`;
    return endStep(begun, 'done', { message }, context);
  }
  const { prompt, from, count } = approval.with.parse(step.with);
  const gate = {
    name: key,
    facts: planOfStep(job, stage, prompt),
    rule: { count, ...(from !== undefined && { from }) },
    until: isoTime(Date.parse(record.startedAt) + step.timeout * 1000),
  };
  const asked = await askPeople(gate, job, context);
  const { request, standing } = asked;
  if (standing === 'open') return ask(askSeconds(asked.job, request, context));
  const current = { ...begun, job: asked.job };
  const counted = countedDecisions(request, asked.job);
  const evidence = { request: request.number, plan: request.plan.hash, decisions: counted.length };
  if (standing === 'approved') {
    const message = counted.map((one) => sentence(decisionText(one))).join(' ');
    return endStep(current, 'done', { message, evidence }, context);
  }
  const message = noApprovalText(key, asked);
  return standing === 'rejected'
    ? endStep(current, 'failed', { message, evidence }, context)
    : waitOrGiveUp(current, { outcome: 'wait', message, evidence }, context);
}
