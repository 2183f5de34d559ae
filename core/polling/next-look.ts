/** Seconds: sooner than this, looking again at work of which nothing is known tells nothing and spends the rate limit. */
const SHORTEST = 15;
/** Seconds: finished work may stay unseen for as long as this, however short it was. */
const LONGEST_WHILE_YOUNG = 30;
/** Seconds: the leases of a job are longer than this, so a waiting job never loses its target. */
export const LONGEST_WAIT_SECONDS = 300;

/**
 * The longest time between two looks at work that has been under way for `elapsedSeconds`: max(30 s, a tenth of it), and at
 * most LONGEST_WAIT_SECONDS. Whoever keeps to it leaves no finished work unseen for longer than max(30 s, a tenth of its
 * duration).
 *
 * @returns whole seconds.
 */
export function longestGapSeconds(elapsedSeconds: number): number {
  return Math.floor(Math.min(LONGEST_WAIT_SECONDS, Math.max(LONGEST_WHILE_YOUNG, elapsedSeconds / 10)));
}

/**
 * How long to wait before looking again at work that has been under way for `elapsedSeconds`, when nothing is known of how
 * long such work takes: a geometric schedule, so that a long restore is not looked at a thousand times.
 *
 * @returns whole seconds, because Step Functions' `SecondsPath` takes no fractions.
 */
export function nextLookSeconds(elapsedSeconds: number): number {
  const growing = Math.ceil(Math.max(SHORTEST, elapsedSeconds * 0.35));
  return Math.min(growing, longestGapSeconds(elapsedSeconds));
}
