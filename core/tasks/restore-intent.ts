import { AtlasReplyError } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { compareRestore, type Likeness } from '../backups/same-restore.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import type { Look } from '../runbooks/check.ts';
import { claimRestore, hasClaimed, isUnclaimed } from './claim-restore.ts';
import type { TaskContext } from './context.ts';
import { SETTLE_SECONDS } from './settle-seconds.ts';

/** A restore job in Atlas that an intent led to, claimed for its job. */
export interface FoundRestore {
  readonly id: string;
  /** What it says is too little to be sure that it is for this request. */
  readonly isAssumed: boolean;
}

/**
 * The restore job in Atlas that an intent led to, claimed for the job; undefined when there is none (yet); or why nobody can tell.
 *
 * No lease keeps two jobs from asking for the same download, so one that is not known to be ours is taken for ours only once our
 * own request can't arrive any more. Nobody else asks for a restore onto a target that we hold. One that says too little to be
 * told from another is taken last, and only if it is the only one.
 */
export async function findRestore(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Look<FoundRestore | undefined>> {
  const { alreadyThere } = intent;
  // Without knowing what was there before, an older job that looks the same could be taken for ours.
  if (alreadyThere === null) return { unseen: 'the restore jobs in Atlas could not be read before it' };
  const restores = await readRestores(backups);
  if ('unseen' in restores) return restores;
  const candidates = oldestFirst(restores.seen)
    .filter(({ id }) => !alreadyThere.includes(id))
    .map((restore) => ({ id: restore.id, likeness: compareRestore(intent, restore) }))
    .filter(({ likeness }) => likeness !== 'other');
  for (const one of candidates) if (await hasClaimed(job, one.id, context)) return { seen: foundOf(one) };
  const isOver = isSettled(intent, context);
  if (intent.target === undefined && !isOver) return { seen: undefined };
  for (const one of candidates)
    if (one.likeness === 'same' && (await claimRestore(job, one.id, context))) return { seen: foundOf(one) };
  return isOver ? claimUnclear(job, candidates, context) : { seen: undefined };
}

/** A list that cannot be read tells as little as one that may not be read: the request went out all the same. */
async function readRestores(backups: Backups): Promise<Look<readonly RestoreState[]>> {
  const what = 'the restore jobs of the source';
  try {
    return await look(what, () => backups.restores());
  } catch (error) {
    if (!(error instanceof AtlasReplyError)) throw error;
    return { unseen: `${what}: ${error.message}` };
  }
}

interface Candidate {
  readonly id: string;
  readonly likeness: Likeness;
}

function foundOf({ id, likeness }: Candidate): FoundRestore {
  return { id, isAssumed: likeness !== 'same' };
}

/** Claims the one restore job that may be ours; of several, nobody knows which it is. */
async function claimUnclear(
  job: RestoreJob,
  candidates: readonly Candidate[],
  context: TaskContext,
): Promise<Look<FoundRestore | undefined>> {
  const free: Candidate[] = [];
  for (const one of candidates)
    if (one.likeness === 'unclear' && (await isUnclaimed(job, one.id, context))) free.push(one);
  const [only, ...more] = free;
  if (only === undefined) return { seen: undefined };
  if (more.length > 0) {
    const ids = free.map(({ id }) => id).join(', ');
    return { unseen: `Atlas shows restore jobs ${ids}, and does not say which of them is for it` };
  }
  return { seen: (await claimRestore(job, only.id, context)) ? foundOf(only) : undefined };
}

/** Whether the request that was written down can no longer be under way from this side: the client has given it up. */
export function isSettled({ at }: RestoreIntent, { clock }: TaskContext): boolean {
  return secondsBetween(at, isoTime(clock.now())) > SETTLE_SECONDS;
}

/**
 * An id begins with the second in which it was made, as every ObjectId does. The older one is taken first, because a job that
 * asked later saw it before it asked, and can't take it.
 */
function oldestFirst(restores: readonly RestoreState[]): RestoreState[] {
  return [...restores].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The job with its intent taken back, because its request surely did not reach Atlas or was refused. */
export function withoutIntent(job: RestoreJob): RestoreJob {
  const { restoreIntent, ...rest } = job;
  return restoreIntent === undefined ? job : rest;
}
