import { AtlasError, mayHaveTakenEffect } from '../../atlas/errors.ts';
import { LifeboatError } from '../../errors.ts';
import type { StepKind } from '../../steps/protocol/step-kind.ts';
import type { StepAnswer } from '../../steps/protocol/step-answer.ts';

/** Longest message and longest text of the evidence, and most entries of it: the job's record holds every step. */
const LONGEST_MESSAGE = 1000;
const LONGEST_TEXT = 500;
const MOST_ENTRIES = 40;

/**
 * What a try to look or to send gives, its errors put into an answer. An error that passes is a `wait`, and not one for
 * the workflow to repeat: so it counts against the time of the step, a step that only warns does not fail the job with
 * it, and the steps of a clean-up go on after it.
 */
export async function answerOf(
  effect: StepKind['effect'],
  attempt: () => Promise<StepAnswer>,
): Promise<StepAnswer> {
  try {
    return clipped(await attempt());
  } catch (error) {
    return clipped(answerOfError(error, effect));
  }
}

function answerOfError(error: unknown, effect: StepKind['effect']): StepAnswer {
  if (!(error instanceof LifeboatError)) {
    const what = error instanceof Error ? error.message : String(error);
    return { outcome: 'failed', message: `Lifeboat itself failed at this step: ${what}` };
  }
  if (mayHaveTakenEffect(error)) {
    return {
      outcome: 'wait',
      lost: true,
      message: `${error.message} Whether Atlas carried it out is not known.`,
    };
  }
  if (error.retryable) return { outcome: 'wait', message: error.message };
  const message = error.next === undefined ? error.message : `${error.message} ${error.next}`;
  const mayNotLook = effect === 'check' && error instanceof AtlasError && error.status === 403;
  return { outcome: mayNotLook ? 'unknown' : 'failed', message };
}

function clipped(answer: StepAnswer): StepAnswer {
  const { evidence } = answer;
  const entries = Object.entries(evidence ?? {}).slice(0, MOST_ENTRIES);
  const short = entries.map(([key, value]) => [
    key,
    typeof value === 'string' ? clip(value, LONGEST_TEXT) : value,
  ]);
  return {
    ...answer,
    message: clip(answer.message, LONGEST_MESSAGE),
    ...(evidence !== undefined && { evidence: Object.fromEntries(short) as typeof evidence }),
  };
}

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
