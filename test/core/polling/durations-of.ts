import type { Duration } from '../../../core/durations.ts';

/** Durations that Atlas told, in seconds. */
export function told(...seconds: readonly number[]): Duration[] {
  return seconds.map((one) => ({ afterSeconds: one, bySeconds: one }));
}

/** `count` durations evenly spread from `from` to `to`, in an order that is not sorted. */
export function between(from: number, to: number, count: number): Duration[] {
  const step = (to - from) / Math.max(1, count - 1);
  return told(...Array.from({ length: count }, (_, nth) => Math.round(from + ((nth * 7) % count) * step)));
}
