import { isoTime } from '../clock.ts';
import { look } from '../facts/look.ts';
import {
  readRestoreEvents,
  RESTORE_FAILED,
  RESTORE_SUCCEEDED,
  type RestoreEvent,
  type RestoreEvents,
} from '../facts/restore-events.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { secondsSinceDone, settled, type Finding, type Verification } from './verification.ts';

/** Seconds: events appear a little after what they tell of. */
const EVENTS_LATE_SECONDS = 120;
/** Seconds: an event's time lies about this close to the end that it tells of. */
const NEAR_SECONDS = 300;

/**
 * The project event that confirms the restore. An event names no restore job, so only those count that lie near the time at
 * which Atlas says that ours finished. Atlas writes it to the project of the source or of the target: both are read, but
 * what the source's project says of a failure may be of another restore from it. No event at all is "could not confirm",
 * not a failure: the job's own flags have the last word.
 */
export async function checkEvents(
  verification: Verification<RestoreJob>,
  target: ClusterRef,
): Promise<Finding> {
  const name = 'restore-event';
  const { source } = verification.job.runbook;
  const seen = await look(`the events of ${clusterName(target)}`, async () => {
    const ofTarget = await readNear(verification, target, [...RESTORE_SUCCEEDED, ...RESTORE_FAILED]);
    if (source.project === target.project) return ofTarget;
    const ofSource = await readNear(verification, source, RESTORE_SUCCEEDED);
    return { told: [...ofTarget.told, ...ofSource.told], doubtful: ofTarget.doubtful };
  });
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; the restore is not confirmed by an event.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const { told, doubtful } = seen.seen;
  const bad = told.find(({ outcome }) => outcome === 'failed');
  if (bad === undefined && doubtful > 0) {
    const message = `Atlas's event log has ${doubtful} event(s) of ${clusterName(target)} that may tell of a failed restore: their kind or their time cannot be read.`;
    return settled({ name, outcome: 'unknown', message, evidence: { doubtful } });
  }
  const event = bad ?? told[0];
  if (event !== undefined) {
    return settled({
      name,
      outcome: event === bad ? 'fail' : 'pass',
      message: `Atlas's event log says ${event.type} at ${event.created}.`,
      evidence: { eventId: event.id, eventType: event.type, created: event.created },
    });
  }
  const message = `Atlas's event log shows no event about this restore, so it is not confirmed a second time.`;
  return {
    result: { name, outcome: 'unknown', message },
    settled: secondsSinceDone(verification) > EVENTS_LATE_SECONDS,
  };
}

/** The events near the time at which Atlas says that the restore of the job finished. */
async function readNear(
  { job, atlas, now }: Verification<RestoreJob>,
  cluster: ClusterRef,
  types: readonly string[],
): Promise<RestoreEvents> {
  const finished = Date.parse(job.atlas.restoreFinishedAt ?? now);
  const isNear = ({ created }: RestoreEvent) =>
    Math.abs(Date.parse(created) - finished) <= NEAR_SECONDS * 1000;
  const { told, doubtful } = await readRestoreEvents(
    cluster,
    types,
    isoTime(finished - NEAR_SECONDS * 1000),
    atlas,
  );
  return { told: told.filter(isNear), doubtful };
}
