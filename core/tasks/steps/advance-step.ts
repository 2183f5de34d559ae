import { LONGEST_REQUEST_SECONDS } from '../../atlas/timeouts.ts';
import { isoTime, secondsBetween } from '../../clock.ts';
import type { Job } from '../../jobs/job.ts';
import type { StepRecord } from '../../jobs/step-record.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { placeOf } from '../../runbooks/place.ts';
import { protectionOf } from '../../runbooks/guards/steps.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import { approval } from '../../steps/approval.ts';
import type { StepLibrary } from '../../steps/protocol/step-kind.ts';
import type { StepAnswer } from '../../steps/protocol/step-answer.ts';
import type { StepContext } from '../../steps/protocol/step-context.ts';
import type { StepKind } from '../../steps/protocol/step-kind.ts';
import type { TaskContext } from '../context.ts';
import { AGAIN, wait, type Transition } from '../define-task.ts';
import { stopIfFrozen } from '../stop-if-frozen.ts';
import { STALE_INTENT_SECONDS } from '../settle-seconds.ts';
import { advanceApproval } from './advance-approval.ts';
import { answerOf } from './answer-of.ts';
import { endStep, waitOrGiveUp, type BegunStep } from './end-step.ts';
import { duringRestore } from './during-restore.ts';
import { claimStep, keepStep } from './keep-step.ts';
import { stepJobOf } from './step-job.ts';

/** The lists whose steps are carried out also while the installation is frozen. */
const GOES_ON: readonly Stage[] = ['switchWrites', 'resumeWrites', 'cleanup'];
/** Seconds between looks whether another delivery has written what became of the request that it sent. */
const SETTLING_SECONDS = 10;
/** Requests of one step that may get lost: to ask for the same thing for ever is no way to find out. */
const MOST_LOST = 3;
const NOT_AGAIN = 'It may have been carried out, so it is not sent again: look in Atlas before repeating it.';

/**
 * Does one thing for a step that has not ended: sends its change, or looks. `again` once the step has moved on, `wait`
 * while it can only be looked at later.
 *
 * A change is sent twice only when what became of the first request is not known; its work takes "already so" for done.
 * Work that is to be sent once fails then instead.
 * The intent is written down first: whoever finds one that is not settled waits until that request can no longer be on
 * its way before it sends another.
 */
export async function advanceStep(
  one: StepOfJob,
  job: Job,
  context: TaskContext,
  library: StepLibrary,
): Promise<Transition> {
  const refusal = refusalOf(one, job, library);
  if (refusal !== undefined) {
    return endStep(await begin(one, job, context), 'failed', { message: refusal }, context);
  }
  if (one.step.use === approval.use) return advanceApproval(await begin(one, job, context), context);
  if (one.record?.taken !== true) {
    const message = duringRestore(one, job, library);
    if (message !== undefined) return endStep(await begin(one, job, context), 'failed', { message }, context);
  }
  const ask = askWith(one, context, library);
  const kind = library.get(one.step.use);
  if (kind?.send === undefined || one.record?.taken === true) return lookAt(one, job, ask, context);
  return sendChange(one, job, kind, ask, context);
}

/** Why a step can not or may not be carried out at all. The guards have said the latter before; this is the last gate. */
function refusalOf({ step }: StepOfJob, job: Job, library: StepLibrary): string | undefined {
  const kind = library.get(step.use);
  if (kind === undefined) return `This Lifeboat has no kind of step called ${step.use}.`;
  const reason = protectionOf(kind, step.with, job.runbook, job.policy);
  return reason === undefined ? undefined : `It destroys, and ${reason}, so it was not carried out.`;
}

type Ask = (verb: 'send' | 'look', begun: BegunStep) => Promise<StepAnswer>;

/** Calls the work of a step with everything that it may look at; its errors become answers. */
function askWith({ stage, step }: StepOfJob, context: TaskContext, library: StepLibrary): Ask {
  const effect = library.get(step.use)?.effect ?? 'check';
  return (verb, { job, record }) =>
    answerOf(effect, async () => {
      const { source, target } = placeOf(job.runbook);
      const place: StepContext = {
        job: stepJobOf(job),
        stage,
        step: step.name,
        atlas: context.atlas,
        outbound: context.outbound,
        now: isoTime(context.clock.now()),
        startedAt: record.startedAt,
        ...(record.sentAt !== undefined && { sentAt: record.sentAt }),
        resent: (record.lost ?? 0) > 0,
        ...(source !== undefined && { source }),
        ...(target !== undefined && { target }),
      };
      const answer = await library.get(step.use)?.[verb]?.(step.with, place);
      return answer ?? { outcome: 'failed', message: `This Lifeboat cannot carry ${step.use} out.` };
    });
}

/** The step with a record: begun now when it had none. */
async function begin(one: StepOfJob, job: Job, context: TaskContext): Promise<BegunStep> {
  const { record, key, step } = one;
  if (record !== undefined) return { ...one, record, job };
  const begun: StepRecord = { use: step.use, status: 'running', startedAt: isoTime(context.clock.now()) };
  return { ...one, record: begun, job: await claimStep(job, key, begun, context) };
}

async function lookAt(one: StepOfJob, job: Job, ask: Ask, context: TaskContext): Promise<Transition> {
  const begun = await begin(one, job, context);
  const answer = await ask('look', begun);
  const { outcome } = answer;
  if (outcome === 'wait') return waitOrGiveUp(begun, answer, context);
  return endStep(begun, outcome, answer, context);
}

async function sendChange(
  one: StepOfJob,
  job: Job,
  kind: StepKind,
  ask: Ask,
  context: TaskContext,
): Promise<Transition> {
  const { record, key, step } = one;
  const now = isoTime(context.clock.now());
  if (record?.sentAt !== undefined) {
    if (secondsBetween(record.sentAt, now) <= LONGEST_REQUEST_SECONDS) return wait(SETTLING_SECONDS);
    if (kind.once === true) {
      const message = `What became of the request of ${record.sentAt} is not known. ${NOT_AGAIN}`;
      return endStep({ ...one, record, job }, 'failed', { message }, context);
    }
  }
  // They put writes back, or tidy up: to leave them out would do more harm than what a freeze prevents.
  if (!GOES_ON.includes(one.stage))
    await stopIfFrozen(`Step "${step.name}" of ${one.stage} was not carried out.`, context);
  const intent = intentOf(step.use, record, now);
  const claimed = { ...one, record: intent, job: await claimStep(job, key, intent, context) };
  if (secondsBetween(now, isoTime(context.clock.now())) > STALE_INTENT_SECONDS) return wait(SETTLING_SECONDS);
  const answer = await ask('send', claimed);
  const { outcome } = answer;
  if (outcome === 'done' && kind.look !== undefined) {
    await keepStep(claimed.job, key, taken(intent, answer), context);
    return AGAIN;
  }
  if (outcome !== 'wait') return endStep(claimed, outcome, answer, context);
  const next = afterWait(intent, answer);
  if (answer.lost === true && kind.once === true) {
    const message = `${answer.message} ${NOT_AGAIN}`;
    return endStep({ ...claimed, record: next }, 'failed', { message }, context);
  }
  if (answer.lost === true && kind.repeatable !== true && (next.lost ?? 0) >= MOST_LOST)
    return endStep({ ...claimed, record: next }, 'failed', answer, context);
  return waitOrGiveUp(claimed, answer, context, next);
}

/** The intent to send; one found without an answer counts among the requests that got lost. */
function intentOf(use: string, record: StepRecord | undefined, now: string): StepRecord {
  const lost = (record?.lost ?? 0) + (record?.sentAt === undefined ? 0 : 1);
  const startedAt = record?.startedAt ?? now;
  return { use, status: 'running', startedAt, sentAt: now, ...(lost > 0 && { lost }) };
}

/** A request that Atlas took is looked at from now on; any other is sent anew, so its intent is taken back. */
function afterWait(intent: StepRecord, answer: StepAnswer): StepRecord {
  if (answer.sent === true) return taken(intent, answer);
  const { use, status, startedAt, lost = 0 } = intent;
  const lostNow = answer.lost === true ? lost + 1 : lost;
  return { use, status, startedAt, message: answer.message, ...(lostNow > 0 && { lost: lostNow }) };
}

function taken(intent: StepRecord, { message, evidence }: StepAnswer): StepRecord {
  return { ...intent, taken: true, message, ...(evidence !== undefined && { evidence }) };
}
