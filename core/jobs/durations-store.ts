import { SIZE_CLASS_FACTOR, type Duration, type DurationHistory } from '../durations.ts';

/** Work that takes about as long each time. */
export interface WorkClass {
  /** What is done, for example `restore`. */
  readonly operation: string;
  /**
   * How it is done: whatever makes it take another time, for example `dedicated/automated`. Simulated work is a kind of its own,
   * so that it teaches nothing about Atlas.
   */
  readonly kind: string;
  /** From `sizeClassOf`; null where the size is unknown or does not matter. */
  readonly sizeClass: number | null;
}

/** What earlier work took: one item for each class of work. It helps to wait well; no decision about data rests on it. */
export interface DurationStore {
  /**
   * The last 200 durations of this class, and of its neighbours in size while it has too few of its own. Empty lists where
   * nothing is known, or where what was written cannot be read any more.
   *
   * @throws HistoryUnavailableError
   */
  durations(work: WorkClass): Promise<DurationHistory>;
  /**
   * Adds the duration of work that ended well. What failed or was cancelled ended early and must not be given: it would teach
   * to look too soon.
   *
   * @param once names the piece of work, for example the job's id: given again, it is not counted again, unless 200 others were
   * counted in between.
   * @returns false when so many others wrote at once that this one was let go.
   * @throws HistoryUnavailableError
   */
  learnDuration(work: WorkClass, once: string, duration: Duration): Promise<boolean>;
}

/** Bytes in the smallest size class: below it, Atlas's own preparations take most of the time. */
const SMALLEST = 2 ** 30;

/** The size class: 0 up to 1 GiB, 1 up to 4 GiB, 2 up to 16 GiB and so on; null when the size is not known. */
export function sizeClassOf(bytes: number | undefined): number | null {
  if (bytes === undefined || !Number.isFinite(bytes) || bytes < 0) return null;
  let sizeClass = 0;
  for (let upTo = SMALLEST; bytes > upTo; upTo *= SIZE_CLASS_FACTOR) sizeClass += 1;
  return sizeClass;
}
