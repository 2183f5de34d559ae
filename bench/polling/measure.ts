import { arch, cpus, hostname } from 'node:os';
import type { Series } from './series.ts';
import { LIFEBOAT, planMilliseconds, strategies } from './strategies.ts';
import { summarise, walkForward, type Followed, type Summary } from './walk-forward.ts';

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
  readonly machine: {
    readonly name: string;
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
  };
  /** Milliseconds for one look, from the longest series. */
  readonly planMilliseconds: number;
  /** Lifeboat on the classes that the bar is set for: all jobs, all but the first ten, and the later half. */
  readonly bar: readonly {
    readonly series: string;
    readonly all: Summary;
    readonly learnt: Summary;
    readonly later: Summary;
  }[];
  /** All restores and snapshots together. */
  readonly together: readonly Row[];
  readonly comparisons: readonly Comparison[];
}

/** Jobs after which a class counts as learnt. */
const FIRST_JOBS = 10;

/** Follows all jobs of all series with every strategy. */
export function measure(all: readonly Series[]): PollingResults {
  const judged = all.filter((series) => series.judged);
  return {
    machine: machine(),
    planMilliseconds: slowestPlan(all),
    bar: judged.map(({ name, durations }) => {
      const followed = walkForward(durations, LIFEBOAT);
      return {
        series: name,
        all: summarise(followed),
        learnt: summarise(followed.slice(FIRST_JOBS)),
        later: summarise(followed.slice(followed.length >> 1)),
      };
    }),
    together: compare(judged).rows,
    comparisons: all.map((series) => compare([series])),
  };
}

function compare(all: readonly Series[]): Comparison {
  const rows = strategies().map((strategy) => {
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

function machine(): PollingResults['machine'] {
  const [first] = cpus();
  return {
    name: hostname(),
    cpu: `${first?.model ?? 'unknown'} (${arch()})`,
    cores: cpus().length,
    node: process.version,
  };
}
