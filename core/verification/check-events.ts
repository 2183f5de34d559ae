import { collect } from '../atlas/collect.ts';
import { isoTime } from '../clock.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { secondsSinceDone, settled, type Finding, type Verification } from './verification.ts';

/** The project events that say that a restore succeeded (dedicated, flex), from `EventTypeForNdsGroup` of openapi.json. */
export const RESTORE_SUCCEEDED: readonly string[] = [
  'CPS_RESTORE_SUCCESSFUL',
  'TENANT_RESTORE_COMPLETED_AUDIT',
];
/** Those that say that it failed. */
export const RESTORE_FAILED: readonly string[] = ['CPS_RESTORE_FAILED', 'TENANT_RESTORE_FAILED'];
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
  const seen = await look(`the events of ${clusterName(target)}`, async () => [
    ...(await eventsOf(verification, target, [...RESTORE_SUCCEEDED, ...RESTORE_FAILED])),
    ...(source.project === target.project ? [] : await eventsOf(verification, source, RESTORE_SUCCEEDED)),
  ]);
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; the restore is not confirmed by an event.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const bad = seen.seen.find((event) => RESTORE_FAILED.includes(event.eventTypeName));
  const told = bad ?? seen.seen[0];
  if (told !== undefined) {
    return settled({
      name,
      outcome: told === bad ? 'fail' : 'pass',
      message: `Atlas's event log says ${told.eventTypeName} at ${told.created}.`,
      evidence: { eventId: told.id, eventType: told.eventTypeName, created: told.created },
    });
  }
  const message = `Atlas's event log shows no event about this restore, so it is not confirmed a second time.`;
  return {
    result: { name, outcome: 'unknown', message },
    settled: secondsSinceDone(verification) > EVENTS_LATE_SECONDS,
  };
}

async function eventsOf(
  { job, atlas, now }: Verification<RestoreJob>,
  cluster: ClusterRef,
  eventType: readonly string[],
): Promise<AtlasEvent[]> {
  const finished = Date.parse(job.atlas.restoreFinishedAt ?? now);
  const isNear = ({ created }: AtlasEvent) => Math.abs(Date.parse(created) - finished) <= NEAR_SECONDS * 1000;
  const events = await collect(
    atlas.events.listGroupEvents({
      groupId: cluster.project,
      clusterNames: [cluster.cluster],
      eventType,
      minDate: isoTime(finished - NEAR_SECONDS * 1000),
    }),
  );
  return events.filter(isNear);
}

interface AtlasEvent {
  readonly id: string;
  readonly eventTypeName: string;
  readonly created: string;
}
