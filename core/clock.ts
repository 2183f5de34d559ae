/**
 * The time, handed in. Nothing in core asks the machine for it, so that a test or a simulation
 * can run a week in a second.
 */
export interface Clock {
  /** Milliseconds since the UNIX epoch, UTC. */
  now(): number;
  /**
   * Resolves once `milliseconds` of this clock's time have gone by.
   *
   * @throws the signal's reason when it aborts first.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** An instant of a clock as ISO 8601 in UTC with milliseconds, the way every record of Lifeboat holds time. */
export function isoTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** Seconds by which the clock of Atlas may be ahead of ours. */
const CLOCKS_DIFFER_SECONDS = 3600;

/** An instant at which Atlas says that something ended; undefined where it has not come yet, which is evidence of nothing. */
export function unlessAhead(instant: string | undefined, now: string): string | undefined {
  return instant !== undefined && secondsBetween(now, instant) <= CLOCKS_DIFFER_SECONDS ? instant : undefined;
}

/** Whole and fractional seconds between two ISO 8601 instants; negative when `to` is the earlier one. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
