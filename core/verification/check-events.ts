import { collect } from '../atlas/collect.ts';
import { isoTime } from '../clock.ts';
import { look } from '../facts/look.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { secondsSinceRestore, settled, type Finding, type Verification } from './verification.ts';

/** The project events that tell how a restore ended (dedicated, flex), from `EventTypeForNdsGroup` of openapi.json. */
const SUCCEEDED = ['CPS_RESTORE_SUCCESSFUL', 'TENANT_RESTORE_COMPLETED_AUDIT'];
const FAILED = ['CPS_RESTORE_FAILED', 'TENANT_RESTORE_FAILED'];
/** Seconds: events appear a little after what they tell of. */
const EVENTS_LATE_SECONDS = 120;
/** Milliseconds: Atlas's clock and ours may differ. */
const CLOCKS_DIFFER = 60_000;

/**
 * The project event that confirms the restore. Atlas writes it to the project of the source or of the target, so both are
 * read. No event at all is "could not confirm", not a failure: the job's own flags have the last word.
 */
export async function checkEvents(verification: Verification, target: ClusterRef): Promise<Finding> {
  const name = 'restore-event';
  const { source } = verification.job.runbook;
  const seen = await look(`the events of ${clusterName(target)}`, async () => [
    ...(await eventsOf(verification, target)),
    ...(source.project === target.project ? [] : await eventsOf(verification, source)),
  ]);
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; the restore is not confirmed by an event.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const bad = seen.seen.find((event) => FAILED.includes(event.eventTypeName));
  const good = seen.seen.find((event) => SUCCEEDED.includes(event.eventTypeName));
  // A failure that a later success follows was another try.
  const told = good !== undefined && (bad === undefined || good.created >= bad.created) ? good : bad;
  if (told !== undefined) {
    return settled({
      name,
      outcome: told === good ? 'pass' : 'fail',
      message: `Atlas's event log says ${told.eventTypeName} at ${told.created}.`,
      evidence: { eventId: told.id, eventType: told.eventTypeName, created: told.created },
    });
  }
  const message = `Atlas's event log shows no event about this restore, so it is not confirmed a second time.`;
  return {
    result: { name, outcome: 'unknown', message },
    settled: secondsSinceRestore(verification) > EVENTS_LATE_SECONDS,
  };
}

function eventsOf({ job, atlas }: Verification, cluster: ClusterRef) {
  const since = isoTime(Date.parse(job.restoreIntent?.at ?? job.createdAt) - CLOCKS_DIFFER);
  return collect(
    atlas.events.listGroupEvents({
      groupId: cluster.project,
      clusterNames: [cluster.cluster],
      eventType: [...SUCCEEDED, ...FAILED],
      minDate: since,
    }),
  );
}
