/** How the last measurement compares with those before it. Seconds. */
export interface Trend {
  readonly lastSeconds: number;
  /** Of those before it. */
  readonly medianSeconds: number;
  readonly change: 'better' | 'same' | 'worse';
}

/** Two restores of the same data differ by so much for no reason. */
const NOISE = 0.1;

/**
 * How the last measurement compares with the median of those before it; null when there are less than two.
 *
 * @param measured seconds, newest first; less is better. What was not measured is left out.
 */
export function trendOf(measured: readonly (number | null)[]): Trend | null {
  const [lastSeconds, ...before] = measured.filter((seconds) => seconds !== null);
  if (lastSeconds === undefined || before.length === 0) return null;
  const medianSeconds = median(before);
  const difference = lastSeconds - medianSeconds;
  if (Math.abs(difference) <= medianSeconds * NOISE) return { lastSeconds, medianSeconds, change: 'same' };
  return { lastSeconds, medianSeconds, change: difference < 0 ? 'better' : 'worse' };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? upper;
  return (lower + upper) / 2;
}
