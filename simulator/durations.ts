import { drawFor } from './identifiers.ts';

/** Work that takes Atlas time. */
export type Work =
  'automated' | 'pointInTime' | 'download' | 'flexRestore' | 'snapshot' | 'flexSnapshot' | 'cutover';

type Quantile = readonly [share: number, seconds: number];

/**
 * Quantiles in seconds, shaped like what Atlas's own tests took in summer 2026 on clusters with little data:
 * a narrow middle, and now and then a job that takes many times as long.
 */
const QUANTILES: Readonly<Record<Work, readonly Quantile[]>> = {
  automated: quantiles(
    [0, 190],
    [0.05, 200],
    [0.25, 218],
    [0.5, 232],
    [0.75, 252],
    [0.95, 285],
    [0.99, 380],
    [1, 1200],
  ),
  pointInTime: quantiles([0, 230], [0.25, 265], [0.5, 285], [0.75, 315], [0.95, 370], [0.99, 520], [1, 1500]),
  download: quantiles([0, 150], [0.25, 172], [0.5, 186], [0.75, 195], [0.9, 205], [0.97, 260], [1, 3300]),
  flexRestore: quantiles([0, 50], [0.25, 57], [0.5, 60], [0.75, 65], [0.9, 87], [0.97, 130], [1, 2400]),
  snapshot: quantiles([0, 122], [0.25, 162], [0.5, 180], [0.75, 195], [0.95, 214], [1, 330]),
  flexSnapshot: quantiles([0, 70], [0.5, 74], [1, 80]),
  // No recording has one: MongoDB speaks of three to ten minutes, and of more now and then.
  cutover: quantiles([0, 180], [0.5, 300], [0.9, 600], [1, 1200]),
};

function quantiles(...points: Quantile[]): readonly Quantile[] {
  return points;
}

/**
 * How long a piece of work takes, in whole seconds.
 *
 * @param purpose names the piece of work; the same seed and purpose take equally long.
 */
export function durationOf(work: Work, seed: number, purpose: string): number {
  return secondsAt(QUANTILES[work], drawFor(seed, `duration/${work}/${purpose}`));
}

function secondsAt(points: readonly Quantile[], share: number): number {
  let [lowShare, lowSeconds] = points[0] ?? [0, 0];
  for (const [highShare, highSeconds] of points) {
    if (share <= highShare && highShare > lowShare) {
      const between = (share - lowShare) / (highShare - lowShare);
      return Math.round(lowSeconds + between * (highSeconds - lowSeconds));
    }
    [lowShare, lowSeconds] = [highShare, highSeconds];
  }
  return lowSeconds;
}
