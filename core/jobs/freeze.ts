import { LifeboatError } from '../errors.ts';
import type { StartedBy } from './started-by.ts';

/** Somebody froze or unfroze the installation. */
export interface FreezeEntry {
  readonly act: 'freeze' | 'unfreeze';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: StartedBy;
  readonly reason: string | null;
}

/** Every freeze and unfreeze that is kept, oldest first, as the history holds it. */
export interface FreezeLog {
  /** Counts the writes; 0 before the first. */
  readonly version: number;
  readonly entries: readonly FreezeEntry[];
}

/** An installation that is frozen: nothing new is changed by it. */
export interface Freeze {
  /** When it was first frozen since it last was not, ISO 8601 UTC. */
  readonly since: string;
  /** Who froze it, and why; the first of them first. */
  readonly by: readonly FreezeEntry[];
}

/** Nothing new is changed while the installation is frozen. */
export class FrozenError extends LifeboatError {
  override readonly name = 'FrozenError';
  override readonly retryable = false;
}

/** The freeze that stands; undefined when there is none. */
export function standingFreeze({ entries }: FreezeLog): Freeze | undefined {
  const last = entries.findLastIndex(({ act }) => act === 'unfreeze');
  const by = entries.slice(last + 1);
  const [first] = by;
  return first === undefined ? undefined : { since: first.at, by };
}

/** `Frozen since 2026-08-10 03:00 UTC by anna: Atlas has an incident; by ben: same here.` */
export function freezeText({ since, by }: Freeze): string {
  const people = by.map(({ by: { who }, reason }) => `by ${who}${reason === null ? '' : `: ${reason}`}`);
  return `Frozen since ${since.slice(0, 16).replace('T', ' ')} UTC ${people.join('; ')}`;
}

/** What the refusal says was not done. */
export function frozenError(freeze: Freeze, notDone: string): FrozenError {
  return new FrozenError(`${notDone} ${freezeText(freeze)}.`, {
    changed: 'Nothing was changed.',
    next: 'Once the reason is gone: lifeboat unfreeze. Then try again.',
  });
}

/** The part of the history that holds the freezes. */
export interface FreezeStore {
  /** Every freeze and unfreeze that is kept. */
  freezes(): Promise<FreezeLog>;
  /**
   * Writes the log if nobody else has since it was read, and gives it back with its new version.
   *
   * @throws JobConflictError (retryable) when somebody has.
   */
  saveFreezes(log: FreezeLog): Promise<FreezeLog>;
}

/**
 * Refuses what would change something while the installation is frozen.
 *
 * @param notDone what is refused, as a sentence.
 * @throws FrozenError, HistoryUnavailableError
 */
export async function refuseIfFrozen(jobs: Pick<FreezeStore, 'freezes'>, notDone: string): Promise<void> {
  const freeze = standingFreeze(await jobs.freezes());
  if (freeze !== undefined) throw frozenError(freeze, notDone);
}
