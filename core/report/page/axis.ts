/** A mark on the time axis. */
export interface Tick {
  /** Seconds since the axis began. */
  readonly at: number;
  /** `0`, then the time in one unit that all ticks share: `90 s`, `4 h`. */
  readonly label: string;
}

const UNITS = [
  { name: 'ms', seconds: 0.001, steps: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
  { name: 's', seconds: 1, steps: [1, 2, 5, 10, 15, 20, 30] },
  { name: 'min', seconds: 60, steps: [1, 2, 5, 10, 15, 20, 30] },
  { name: 'h', seconds: 3600, steps: [1, 2, 3, 4, 6, 12] },
  { name: 'd', seconds: 86_400, steps: [1, 2, 5, 7, 14, 30] },
] as const;

/** More labels than six do not fit beside each other on a phone. */
const MOST_INTERVALS = 5;

/**
 * Ticks at round times from 0 up to `span`, at most six of them.
 *
 * @param span seconds, more than 0.
 */
export function ticks(span: number): readonly Tick[] {
  const choices = UNITS.flatMap((unit) => unit.steps.map((count) => ({ unit, count })));
  // Beyond five times 30 days the longest step is multiplied, so that the number of ticks stays bounded.
  const longest = {
    unit: UNITS[4],
    count: 30 * Math.max(1, Math.ceil(span / (MOST_INTERVALS * 30 * 86_400))),
  };
  const step = choices.find(({ unit, count }) => span / (unit.seconds * count) <= MOST_INTERVALS) ?? longest;
  // The margin keeps the last tick where the division falls just short of a whole number.
  const intervals = Math.floor(span / (step.unit.seconds * step.count) + 1e-9);
  return Array.from({ length: intervals + 1 }, (_, index) => ({
    at: index * step.count * step.unit.seconds,
    label: index === 0 ? '0' : `${index * step.count} ${step.unit.name}`,
  }));
}
