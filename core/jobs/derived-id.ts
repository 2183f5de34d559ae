import { createHash } from 'node:crypto';
import { ulid } from 'ulid';

/** Bits of a random character of a ULID. */
const CHARACTER = 5;

/**
 * The ULID of a job that follows from something else: whoever starts it twice starts it once. It has a time as all ULIDs do,
 * and 80 bits of a hash where others have random ones.
 *
 * @param at milliseconds since the UNIX epoch.
 * @param from what it follows from, such as the name of a schedule.
 */
export function derivedJobId(at: number, from: readonly string[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([...from, at]))
    .digest()
    .values();
  return ulid(at, () => ((bytes.next().value ?? 0) >> (8 - CHARACTER)) / 2 ** CHARACTER);
}

/**
 * The id of the job that a schedule asks for.
 *
 * @param dueAt milliseconds since the UNIX epoch.
 * @param restarts how often the schedule was begun anew because the clock had been ahead: what ran while it was keeps its id.
 */
export function scheduledJobId(runbook: string, dueAt: number, restarts = 0): string {
  return derivedJobId(dueAt, ['schedule', runbook, ...(restarts === 0 ? [] : [String(restarts)])]);
}
