import { isoTime, unlessAhead } from '../clock.ts';
import { look } from '../facts/look.ts';
import {
  readRestoreEvents,
  RESTORE_FAILED,
  RESTORE_SUCCEEDED,
  type RestoreEvent,
} from '../facts/restore-events.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { RestoreFailedError, RestoreOutcomeUnknownError } from './errors.ts';
import { stateOfTarget } from './target-state.ts';

/**
 * What can still be told of a restore whose job Atlas no longer knows (it keeps those of flex clusters for six hours): when its event
 * log says that a restore onto the target succeeded, ISO 8601 UTC; undefined while the target is busy.
 *
 * An event names no restore job, so it does not prove that it is of this one; that the target was restored, it does.
 *
 * @throws RestoreFailedError, RestoreOutcomeUnknownError
 */
export async function endOfGoneRestore(
  job: RestoreJob,
  restoreJobId: string,
  context: TaskContext,
): Promise<string | undefined> {
  const { target } = job.runbook;
  const gone = `Atlas no longer knows restore job ${restoreJobId}`;
  if (target === undefined) {
    throw new RestoreOutcomeUnknownError(`${gone}: whether the download was prepared is not known.`, {
      next: 'Run the runbook again to get another link.',
    });
  }
  const name = clusterName(target);
  const event = await lastEvent(job, target, context);
  if (event?.outcome === 'succeeded') return event.created;
  if (event !== undefined) {
    throw new RestoreFailedError(
      `${gone}; its event log says ${event.type} for ${name} at ${event.created}.`,
      {
        next: `Do not use ${name}: it may hold part of the data. Run the runbook again, or ask MongoDB support.`,
      },
    );
  }
  const state = await stateOfTarget(target, context);
  if (state !== undefined && state !== 'IDLE') return undefined;
  const seen = state === undefined ? 'the target could not be read' : 'the target is IDLE';
  throw new RestoreOutcomeUnknownError(
    `${gone}, and its event log does not say how the restore onto ${name} ended; ${seen}. Whether it was restored is not known.`,
    {
      next: `Check the data of ${name} before anything uses it; run the runbook again if it is not what was to be restored.`,
    },
  );
}

/**
 * The last event about a restore of the target since it was asked for; undefined where there is none, nobody may read them, or one
 * of them cannot be read: it may be the last.
 */
async function lastEvent(
  { restoreIntent, createdAt }: RestoreJob,
  target: ClusterRef,
  { atlas, clock }: TaskContext,
): Promise<RestoreEvent | undefined> {
  const since = Date.parse(restoreIntent?.at ?? createdAt);
  const types = [...RESTORE_SUCCEEDED, ...RESTORE_FAILED];
  const events = await look(`the events of ${clusterName(target)}`, () =>
    readRestoreEvents(target, types, isoTime(since), atlas),
  );
  if ('unseen' in events || events.seen.doubtful > 0) return undefined;
  const now = isoTime(clock.now());
  if (events.seen.told.some(({ created }) => unlessAhead(created, now) === undefined)) return undefined;
  return events.seen.told
    .filter(({ created }) => Date.parse(created) >= since)
    .sort((one, other) => Date.parse(other.created) - Date.parse(one.created))[0];
}
