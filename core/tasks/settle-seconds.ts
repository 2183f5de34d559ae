import { LONGEST_REQUEST_SECONDS } from '../atlas/timeouts.ts';

/** Seconds after which this side has given a request up for sure: the longest that one can take, and a margin. */
export const SETTLE_SECONDS = LONGEST_REQUEST_SECONDS + 60;

/**
 * Seconds for which a request that was given up may still be on its way to Atlas, held up by what lies between. Nothing else may
 * work on its target until then.
 */
export const LATE_REQUEST_SECONDS = 1200;

/** Seconds between writing an intent and sending its request; a process that was stopped longer sends nothing. */
export const STALE_INTENT_SECONDS = 20;
