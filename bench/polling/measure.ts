import { thisMachine, type Machine } from '../machine.ts';
import { bent, BENDS } from './bent.ts';
import type { Series } from './series.ts';
import { LIFEBOAT, MAIN_STRATEGIES, planMilliseconds, strategies, WIDE } from './strategies.ts';
import { summarise, walkForward, type Followed, type Strategy, type Summary } from './walk-forward.ts';

/** One row of the comparison. */
export interface Row extends Summary {
  readonly strategy: string;
}

/** One part of the comparison: the same jobs, each strategy in turn. */
export interface Comparison {
  readonly series: string;
  readonly rows: readonly Row[];
}

/** What the benchmark found. Seconds, unless a name says otherwise. */
export interface PollingResults {
  readonly machine: Machine;
  /** Milliseconds for one look: from the recorded series that takes longest, and from durations between a minute and a week. */
  readonly planMilliseconds: { readonly recorded: number; readonly wide: number };
  /** Lifeboat on the classes that the bar is set for: all jobs, all but the first ten, and the later half. */
  readonly bar: readonly {
    readonly series: string;
    readonly all: Summary;
    readonly learnt: Summary;
    readonly later: Summary;
  }[];
  /** All restores and snapshots together. */
  readonly together: readonly Row[];
  /** The usual ones of them bent in ways that the constants were not chosen on. */
  readonly bent: readonly Comparison[];
  readonly comparisons: readonly Comparison[];
}

/** Jobs after which a class counts as learnt. */
const FIRST_JOBS = 10;

/** Follows all jobs of all series with every strategy. */
export function measure(all: readonly Series[]): PollingResults {
  const judged = all.filter((series) => series.judged);
  return {
    machine: thisMachine(),
    planMilliseconds: { recorded: slowestPlan(all), wide: planMilliseconds(WIDE) },
    bar: measureBar(judged),
    together: compare(judged).rows,
    bent: BENDS.map((bend) => ({ ...compare(bent(judged, bend), MAIN_STRATEGIES), series: bend.name })),
    comparisons: all.map((series) => compare([series])),
  };
}

/** Lifeboat on each class by itself. */
export function measureBar(judged: readonly Series[]): PollingResults['bar'] {
  return judged.map(({ name, durations }) => {
    const followed = walkForward(durations, LIFEBOAT);
    return {
      series: name,
      all: summarise(followed),
      learnt: summarise(followed.slice(FIRST_JOBS)),
      later: summarise(followed.slice(followed.length >> 1)),
    };
  });
}

/** All jobs of these series, followed with each strategy. */
export function compare(all: readonly Series[], by: readonly Strategy[] = strategies()): Comparison {
  const rows = by.map((strategy) => {
    const followed: Followed[] = all.flatMap(({ durations }) => walkForward(durations, strategy));
    return { strategy: strategy.name, ...summarise(followed) };
  });
  return { series: all.map(({ name }) => name).join(' + '), rows };
}

function slowestPlan(all: readonly Series[]): number {
  const times = all.map(({ durations }) =>
    planMilliseconds(
      durations
        .slice(-200)
        .map((seconds) => ({ afterSeconds: Math.round(seconds), bySeconds: Math.round(seconds) })),
    ),
  );
  return Math.max(...times);
}
