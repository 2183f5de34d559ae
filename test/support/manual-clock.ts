import type { Clock } from '../../core/clock.ts';

/** A clock that stands still until somebody sleeps on it or moves it: a week passes in no time. */
export interface ManualClock extends Clock {
  readonly speed: number;
  /** Moves the time by seconds; backwards when negative. */
  advance(seconds: number): void;
  /** Every sleep that was asked for, in seconds. */
  readonly sleeps: readonly number[];
}

/** A manual clock that starts at an instant, ISO 8601 UTC. */
export function manualClock(startAt = '2026-08-10T03:00:00.000Z'): ManualClock {
  let now = Date.parse(startAt);
  const sleeps: number[] = [];
  return {
    // The engine divides its retry intervals by this, so they take no time either.
    speed: 1e6,
    sleeps,
    now: () => now,
    advance(seconds) {
      now += seconds * 1000;
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds / 1000);
      now += milliseconds;
      await Promise.resolve();
    },
  };
}
