import type { Duration } from '../../core/durations.ts';

/** Chooses the looks at one job from the durations of the jobs before it. */
export interface Strategy {
  readonly name: string;
  /** @returns for seconds since the start of the job, how many to wait before the next look. */
  readonly follow: (earlier: readonly Duration[]) => (elapsedSeconds: number) => number;
  /** What the job teaches; by default its duration to the second. */
  readonly learn?: (actual: number, looks: readonly number[], earlier: readonly Duration[]) => Duration;
}

/** How one job was followed. */
export interface Followed {
  readonly seconds: number;
  readonly polls: number;
  /** Seconds from its end until a look found it ended. */
  readonly lag: number;
}

/** How many earlier durations a class keeps. */
const WINDOW = 200;

/** Follows jobs in their order, each one knowing only those before it. */
export function walkForward(durations: readonly number[], strategy: Strategy): Followed[] {
  const earlier: Duration[] = [];
  return durations.map((actual) => {
    const known = earlier.slice(-WINDOW);
    const looks = looksAt(actual, strategy.follow(known));
    const whole = Math.max(1, Math.round(actual));
    earlier.push(strategy.learn?.(actual, looks, known) ?? { afterSeconds: whole, bySeconds: whole });
    return { seconds: actual, polls: looks.length, lag: (looks.at(-1) ?? 0) - actual };
  });
}

/** The looks at a job, in seconds since its start; the last one finds it ended. */
export function looksAt(seconds: number, wait: (elapsedSeconds: number) => number): number[] {
  const looks: number[] = [];
  for (let at = wait(0); ; at += wait(at)) {
    looks.push(at);
    if (at >= seconds) return looks;
  }
}

/** Figures over many jobs; seconds. */
export interface Summary {
  readonly jobs: number;
  readonly polls: number;
  /** State transitions on Step Functions: a wait, a task and a choice for each look. */
  readonly transitions: number;
  readonly meanLag: number;
  readonly p95Lag: number;
  readonly worstLag: number;
  /** Jobs unseen for longer than max(30 s, a tenth of their duration). */
  readonly tooLate: number;
}

const TRANSITIONS_A_LOOK = 3;

/** Means and extremes over jobs that were followed. */
export function summarise(followed: readonly Followed[]): Summary {
  const lags = followed.map(({ lag }) => lag).sort((one, other) => one - other);
  const polls = mean(followed.map((one) => one.polls));
  return {
    jobs: followed.length,
    polls,
    transitions: polls * TRANSITIONS_A_LOOK,
    meanLag: mean(lags),
    p95Lag: lags[Math.min(lags.length - 1, Math.ceil(lags.length * 0.95) - 1)] ?? 0,
    worstLag: lags.at(-1) ?? 0,
    tooLate: followed.filter(({ lag, seconds }) => lag > Math.max(30, seconds / 10)).length,
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
