/** One reading of a migration, ISO 8601 UTC and seconds. */
export interface LagReading {
  readonly at: string;
  /** Null when Atlas gave none, which is not zero. */
  readonly lagSeconds: number | null;
}

/** What Lifeboat is about to ask of Atlas, written down before it asks. */
export interface CutoverIntent {
  readonly at: string;
  /** 1 for the first request; each further one is made only when Atlas shows that the one before was not carried out. */
  readonly attempt: number;
  /** The last reading before it. */
  readonly lagSeconds: number;
}

/** How far a cutover has come. Instants are ISO 8601 UTC. */
export interface CutoverRecord {
  /** Atlas's own word: `NEW`, `WORKING`, `COMPLETE`, `FAILED`, `EXPIRED`, or one that is new to us. */
  readonly status?: string;
  /** The last reading while the migration was watched, for whoever watches the job. */
  readonly seen?: LagReading;
  /** The last look that found the migration not ready. */
  readonly notReadyAt?: string;
  /** The first look that found it ready: 120 hours after that it expires, unless its time is extended in Atlas. */
  readonly readyAt?: string;
  /** The readings since writes were stopped that count: in a row, and low enough. */
  readonly readings: readonly LagReading[];
  /** When writes were stopped: the first step of `stopWrites` was sent, or was done. */
  readonly writesStoppedAt?: string;
  /** When the steps of `switchWrites` or `resumeWrites` were done. */
  readonly writesBackAt?: string;
  readonly intent?: CutoverIntent;
  /** How many requests were sent, or were about to be. */
  readonly attempts: number;
  /** When Atlas accepted the cutover, or was seen to carry it out. */
  readonly acceptedAt?: string;
  /** It was seen to be carried out; Atlas's answer was lost. */
  readonly adopted?: true;
  /** When it was first seen complete. */
  readonly completedAt?: string;
  /** When the migration was found cut over although this job had not asked for it. */
  readonly foundCutOverAt?: string;
  /**
   * Since when a job that stops and has asked for nothing sees the migration, in a row, as it looks while a cutover is carried out:
   * somebody else may have asked for one.
   */
  readonly maybeCutOverSince?: string;
}

/**
 * On which side of the point of no return a job is. `before`: no cutover can have been carried out, and the source is what it
 * was. `after`: Atlas carries it out, or has. `unknown`: a request was sent, by this job or perhaps by somebody else, and what
 * became of it is not known.
 */
export type CutoverSide = 'before' | 'after' | 'unknown';

/** The side that the record shows. */
export function sideOf(record: CutoverRecord): CutoverSide {
  const { intent, acceptedAt, completedAt, foundCutOverAt, maybeCutOverSince } = record;
  if ([acceptedAt, completedAt, foundCutOverAt].some((instant) => instant !== undefined)) return 'after';
  return intent === undefined && maybeCutOverSince === undefined ? 'before' : 'unknown';
}

/** The record without the intent of a request that was certainly not carried out. The lag is then read afresh. */
export function withoutIntent(record: CutoverRecord): CutoverRecord {
  const { intent, acceptedAt, adopted, ...rest } = record;
  const isThere = [intent, acceptedAt, adopted].some((part) => part !== undefined);
  return isThere ? { ...rest, readings: [] } : record;
}
