import { ENOUGH_DURATIONS, SIZE_CLASS_FACTOR, type Duration, type DurationHistory } from '../durations.ts';

/** Seconds: a week. What is longer counts as this long, so that one wild value cannot make a plan expensive. */
const LONGEST = 7 * 24 * 3600;

/**
 * What may be concluded from: the work's own durations, or while they are too few, they and the newest of the
 * neighbouring sizes. Restoring four times the data takes anything between the same time and four times as long, depending on
 * how Atlas does it; so what is borrowed is not scaled but spread over that whole range.
 *
 * @returns oldest first; undefined when there is not enough to conclude anything.
 */
export function knownDurations({ own, smaller = [], larger = [] }: DurationHistory): Duration[] | undefined {
  const known =
    own.length >= ENOUGH_DURATIONS
      ? own
      : [...borrowed(larger, 1 / SIZE_CLASS_FACTOR, 1), ...borrowed(smaller, 1, SIZE_CLASS_FACTOR), ...own];
  return known.length < ENOUGH_DURATIONS ? undefined : known.map(withinReason);
}

/** As few as would be enough, so that what is borrowed never outweighs what is known. */
function borrowed(durations: readonly Duration[], least: number, most: number): Duration[] {
  return durations.slice(-ENOUGH_DURATIONS).map(({ afterSeconds, bySeconds }) => ({
    afterSeconds: afterSeconds * least,
    bySeconds: bySeconds * most,
  }));
}

function withinReason({ afterSeconds, bySeconds }: Duration): Duration {
  const by = Math.min(LONGEST, Math.max(1, bySeconds));
  return { afterSeconds: Math.min(by, Math.max(0, afterSeconds)), bySeconds: by };
}
