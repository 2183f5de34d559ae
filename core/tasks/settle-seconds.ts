import { LONGEST_REQUEST_SECONDS } from '../atlas/timeouts.ts';

/** Seconds after which a request that left no trace in Atlas never arrived: the longest that one can take, and a margin. */
export const SETTLE_SECONDS = LONGEST_REQUEST_SECONDS + 60;

/** Seconds between writing an intent and sending its request; a process that was stopped longer sends nothing. */
export const STALE_INTENT_SECONDS = 20;
