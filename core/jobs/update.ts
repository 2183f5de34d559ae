import { JobConflictError } from './errors.ts';

/** How often somebody else may write the record between the read and the write of one update. */
const MOST_ROUNDS = 10;

/**
 * The one conditional update of a record that others write as well: a job, or the list of freezes. `attempt` reads the record,
 * changes it, and writes it on condition that nobody else has written it since it was read. When somebody has, the attempt is
 * made again from what is written now, so whatever else it does must be safe to do twice.
 *
 * @param attempt is told whether an attempt before it met somebody else's write: what was read before that is out of date.
 * @returns what the attempt gives whose write went through.
 * @throws JobConflictError when somebody else was faster every time; everything else that `attempt` throws, at once.
 */
export async function update<Result>(attempt: (again: boolean) => Promise<Result>): Promise<Result> {
  for (let round = 1; ; round += 1) {
    try {
      return await attempt(round > 1);
    } catch (error) {
      if (!(error instanceof JobConflictError) || round >= MOST_ROUNDS) throw error;
    }
  }
}
