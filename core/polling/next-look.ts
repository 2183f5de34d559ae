/** Seconds: sooner than this, looking again tells nothing new and spends the rate limit. */
const SHORTEST = 15;
/** Seconds: a finished restore is seen this soon at the latest, while the job is young. */
const LONGEST_WHILE_YOUNG = 30;
/** Seconds: the leases of a job are longer than this, so a waiting job never loses its target. */
export const LONGEST_WAIT_SECONDS = 300;

/**
 * How long to wait before looking again at work that has been under way for `elapsedSeconds`: a geometric schedule,
 * so that a long restore is not looked at a thousand times. A finished job stays unseen for at most
 * max(30 s, a tenth of its duration).
 *
 * @returns whole seconds, because Step Functions' `SecondsPath` takes no fractions.
 */
export function nextLookSeconds(elapsedSeconds: number): number {
  const elapsed = Math.max(0, elapsedSeconds);
  const growing = Math.min(elapsed * 0.35, Math.max(LONGEST_WHILE_YOUNG, elapsed * 0.1));
  return Math.ceil(Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST, growing)));
}
