import { secondsBetween } from '../../clock.ts';
import type { StepContext } from '../protocol/step-context.ts';

/** Seconds after a change for which a look may still find the old value. */
const SETTLE_SECONDS = 60;

/** Whether the change was sent so lately that a look which finds the old value says nothing. */
export function justSent({ sentAt, now }: Pick<StepContext, 'sentAt' | 'now'>): boolean {
  return sentAt !== undefined && secondsBetween(sentAt, now) <= SETTLE_SECONDS;
}
