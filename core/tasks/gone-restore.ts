import { collect } from '../atlas/collect.ts';
import { isoTime } from '../clock.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { RESTORE_FAILED, RESTORE_SUCCEEDED } from '../verification/check-events.ts';
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
  if (event !== undefined && RESTORE_SUCCEEDED.includes(event.eventTypeName)) return event.created;
  if (event !== undefined) {
    throw new RestoreFailedError(
      `${gone}; its event log says ${event.eventTypeName} for ${name} at ${event.created}.`,
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

interface AtlasEvent {
  readonly eventTypeName: string;
  readonly created: string;
}

/** The last event about a restore of the target since it was asked for; undefined where there is none, or nobody may read them. */
async function lastEvent(
  { restoreIntent, createdAt }: RestoreJob,
  target: ClusterRef,
  { atlas }: TaskContext,
): Promise<AtlasEvent | undefined> {
  const since = Date.parse(restoreIntent?.at ?? createdAt);
  const events = await look(`the events of ${clusterName(target)}`, () =>
    collect(
      atlas.events.listGroupEvents({
        groupId: target.project,
        clusterNames: [target.cluster],
        eventType: [...RESTORE_SUCCEEDED, ...RESTORE_FAILED],
        minDate: isoTime(since),
      }),
    ),
  );
  if ('unseen' in events) return undefined;
  return events.seen
    .filter(({ created }) => Date.parse(created) >= since)
    .sort((one, other) => Date.parse(other.created) - Date.parse(one.created))[0];
}
