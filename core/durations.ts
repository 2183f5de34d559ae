/**
 * How long a piece of work took, in whole seconds: it was under way at `afterSeconds` and over at `bySeconds`. They are
 * equal where Atlas told when it ended, and stand apart where it was only seen to have ended.
 */
export interface Duration {
  readonly afterSeconds: number;
  readonly bySeconds: number;
}

/** Durations of earlier work that ended well, oldest first. */
export interface DurationHistory {
  /** Of the same operation, kind and size. */
  readonly own: readonly Duration[];
  /** Of the next smaller size; needed only while there are fewer than ENOUGH_DURATIONS of its own. */
  readonly smaller?: readonly Duration[];
  /** Of the next larger size, likewise. */
  readonly larger?: readonly Duration[];
}

/** With fewer durations than this nothing is concluded from them. */
export const ENOUGH_DURATIONS = 5;

/** Each size class holds what is up to this many times larger than the one before. */
export const SIZE_CLASS_FACTOR = 4;
