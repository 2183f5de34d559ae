import type { Duration } from '../durations.ts';

/** A past duration as evidence of the next one: it may end anywhere between `from` and `to` (seconds), all equally likely. */
export interface Spread {
  readonly from: number;
  readonly to: number;
  /** The newest weighs 1. */
  readonly weight: number;
}

/**
 * Durations after which the weight of an old one has halved. A cluster that grows by the week is followed, and one odd day does
 * not make everything before it forgotten.
 */
const HALF_LIFE = 60;

/** How far a duration is spread, as a part of the usual range: the next job takes as long as this one did, not to the second. */
const SPREAD = 0.3;

/** Durations as evidence: recent ones weigh more, and none is taken to the second. */
export function spreadDurations(durations: readonly Duration[]): Spread[] {
  const half = spreadSeconds(durations);
  return durations.map(({ afterSeconds, bySeconds }, nth) => {
    const middle = (afterSeconds + bySeconds) / 2;
    return {
      from: Math.max(0, Math.min(afterSeconds, middle - half)),
      to: Math.max(bySeconds, middle + half),
      weight: 0.5 ** ((durations.length - 1 - nth) / HALF_LIFE),
    };
  });
}

/**
 * The half-width of the kernel, after Silverman's rule: in proportion to the distance between the quartiles, which a few
 * outliers do not move, and smaller the more is known.
 */
function spreadSeconds(durations: readonly Duration[]): number {
  const range = quantile(durations, 0.75) - quantile(durations, 0.25);
  return Math.max(1, SPREAD * range * durations.length ** -0.2);
}

/** The duration (seconds) that the given part of them does not exceed. */
export function quantile(durations: readonly Duration[], part: number): number {
  const sorted = durations.map(({ bySeconds }) => bySeconds).sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
