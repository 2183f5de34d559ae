/** A bucket of requests that fills again with time. */
export interface RateLimits {
  /**
   * Takes one request out of a bucket.
   *
   * @param key whose bucket, and for what.
   * @param perMinute how many requests it holds and how many come back in a minute.
   * @param now milliseconds since the UNIX epoch.
   */
  take(key: string, perMinute: number, now: number): Taken;
}

/** Whether a request was let through. */
export interface Taken {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the next request would be let through; at least 1. */
  readonly retryAfter: number;
}

/** Token buckets by the caller's clock, all full at the start. */
export function rateLimits(): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, perMinute, now) {
      const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
      const perMillisecond = perMinute / 60_000;
      const filled = Math.min(perMinute, bucket.tokens + Math.max(0, now - bucket.at) * perMillisecond);
      const allowed = filled >= 1;
      const tokens = allowed ? filled - 1 : filled;
      buckets.set(key, { tokens, at: now });
      const retryAfter = Math.max(1, Math.ceil((1 - tokens) / perMillisecond / 1000));
      return { allowed, limit: perMinute, remaining: Math.floor(tokens), retryAfter };
    },
  };
}

/** The headers that tell a client how much is left. */
export function rateLimitHeaders(taken: Taken): Record<string, string> {
  return {
    'RateLimit-Limit': String(taken.limit),
    'RateLimit-Remaining': String(taken.remaining),
    ...(!taken.allowed && { 'Retry-After': String(taken.retryAfter) }),
  };
}
