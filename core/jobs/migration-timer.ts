import { secondsBetween } from '../clock.ts';

const HOUR = 3600;
/** Hours after which Atlas gives up a migration that is ready and not cut over (view-one-migration-job). */
const HOURS_TO_CUT_OVER = 120;
/** Hours left of them at which people are warned, the fewest first. */
const WARN_AT_HOURS = [1, 6, 12, 24, 48];

/**
 * Seconds that are left at most until a migration expires.
 *
 * @param readyAt the first look that found it ready; it may have been so for a while.
 */
export function secondsToExpiry(readyAt: string, now: string): number {
  return HOURS_TO_CUT_OVER * HOUR - secondsBetween(readyAt, now);
}

/** The warning that is due: so many hours are left at most. Undefined while there is time. */
export function expiryWarning(readyAt: string, now: string): number | undefined {
  const left = secondsToExpiry(readyAt, now);
  return WARN_AT_HOURS.find((hours) => left <= hours * HOUR);
}
