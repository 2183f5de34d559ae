import type { Clock } from '../clock.ts';

/** Keeps calls from emptying the buckets that Atlas fills them from. */
export interface RateLimits {
  /** Keeps what a reply says of an operation's bucket: `RateLimit-Limit` and `RateLimit-Remaining`. */
  learn(operation: string, headers: Readonly<Record<string, string>>): void;
  /**
   * Waits for the operation's turn. At once while the bucket is more than a tenth full, or unknown.
   *
   * @throws the signal's reason when it aborts first.
   */
  turn(operation: string, signal?: AbortSignal): Promise<void>;
}

interface Bucket {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the UNIX epoch. */
  readonly learntAt: number;
  /** The earliest start of the next call, milliseconds since the UNIX epoch. */
  nextAt: number;
}

/** Calls slow down once less than this share of a bucket is left. */
const LOW = 0.1;
/** Atlas fills its buckets by the minute; what was learnt before that is no longer true. Milliseconds. */
const MINUTE = 60_000;

/** Remembers one bucket per operation, by the clock handed in. */
export function createRateLimits(clock: Clock): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    learn(operation, headers) {
      const limit = wholeNumber(headers['ratelimit-limit']);
      const remaining = wholeNumber(headers['ratelimit-remaining']);
      if (limit === undefined || remaining === undefined) return;
      const nextAt = buckets.get(operation)?.nextAt ?? 0;
      buckets.set(operation, { limit, remaining, learntAt: clock.now(), nextAt });
    },
    async turn(operation, signal) {
      const bucket = buckets.get(operation);
      if (bucket === undefined) return;
      const now = clock.now();
      if (now - bucket.learntAt >= MINUTE) return;
      const start = Math.max(now, bucket.nextAt);
      bucket.nextAt = start + gap(bucket);
      // A call waits behind those before it, and one gap more: the bucket has to gain what this call takes.
      const wait = Math.min(MINUTE, bucket.nextAt - now);
      if (wait > 0) await clock.sleep(wait, signal);
    },
  };
}

/**
 * Milliseconds between two calls. At a tenth of the bucket it is the pace at which the bucket fills up again; it grows
 * as the bucket empties.
 */
function gap({ limit, remaining }: Bucket): number {
  const low = limit * LOW;
  if (remaining >= low || limit === 0) return 0;
  return (MINUTE / limit) * (low / Math.max(1, remaining));
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
