import type { Random } from '../random.ts';
import type { Operation } from './operation.ts';
import type { HttpFailure, HttpReply } from './transport.ts';

/** How often one request is made at most. */
const MOST_ATTEMPTS = 5;

const FIRST_BACKOFF = 1_000;
const LONGEST_BACKOFF = 30_000;
const LONGEST_RETRY_AFTER = 60_000;

/** What a decision to try again rests on. */
export interface RetryFacts {
  readonly effect: Operation['effect'];
  /** 1 after the first attempt. */
  readonly attempt: number;
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
  readonly random: Random;
}

/**
 * Milliseconds to wait before the same request is made again, or undefined when it must not be.
 *
 * A change is repeated only when it was certainly not carried out: it was never sent, or Atlas turned it away with 429.
 */
export function retryDelay(outcome: HttpReply | HttpFailure, facts: RetryFacts): number | undefined {
  if (facts.attempt >= MOST_ATTEMPTS || !mayRepeat(outcome, facts.effect)) return undefined;
  const asked = outcome.kind === 'reply' ? retryAfter(outcome.headers['retry-after'], facts.now) : undefined;
  return asked ?? facts.random.next() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (facts.attempt - 1));
}

function mayRepeat(outcome: HttpReply | HttpFailure, effect: Operation['effect']): boolean {
  if (outcome.kind === 'failure') return !outcome.sent || (effect === 'read' && !outcome.tooLarge);
  if (outcome.status === 429) return true;
  return effect === 'read' && [408, 502, 503, 504].includes(outcome.status);
}

/**
 * What a `Retry-After` header asks for, in milliseconds, at most a minute; undefined when it says nothing usable.
 *
 * @param value seconds, or an HTTP date.
 */
function retryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.min(LONGEST_RETRY_AFTER, Math.max(0, milliseconds));
}
