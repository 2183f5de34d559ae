import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';

/** A clock that knows how fast it runs. */
export interface PacedClock extends Clock {
  /** How many seconds of this clock go by in one of the machine's. */
  readonly speed: number;
}

/** setTimeout holds 31 bits of milliseconds; a longer sleep is slept in parts. */
const LONGEST_TIMER = 2_000_000_000;

/** The machine's own clock. */
export function wallClock(): PacedClock {
  return {
    speed: 1,
    now: () => Date.now(),
    sleep: (milliseconds, signal) => sleepReal(milliseconds, signal),
  };
}

/**
 * A clock that starts at `startAt` and runs `speed` times as fast as the machine's monotonic one, so that a drill of
 * an hour can be shown in seconds.
 *
 * @param startAt milliseconds since the UNIX epoch.
 */
export function scaledClock(speed: number, startAt: number): PacedClock {
  const begun = performance.now();
  return {
    speed,
    now: () => Math.round(startAt + (performance.now() - begun) * speed),
    sleep: (milliseconds, signal) => sleepReal(milliseconds / speed, signal),
  };
}

async function sleepReal(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let left = milliseconds;
  while (left > 0) {
    const part = Math.min(left, LONGEST_TIMER);
    await delay(part, undefined, signal === undefined ? {} : { signal });
    left -= part;
  }
  signal?.throwIfAborted();
}
