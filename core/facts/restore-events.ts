import type { AtlasClient } from '../atlas/client.ts';
import { collect } from '../atlas/collect.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';

/** The project events that say that a restore succeeded (dedicated, flex), from `EventTypeForNdsGroup` of openapi.json. */
export const RESTORE_SUCCEEDED: readonly string[] = [
  'CPS_RESTORE_SUCCESSFUL',
  'TENANT_RESTORE_COMPLETED_AUDIT',
];
/** Those that say that it failed. */
export const RESTORE_FAILED: readonly string[] = ['CPS_RESTORE_FAILED', 'TENANT_RESTORE_FAILED'];

/** An event that says how a restore ended. It names no restore job. */
export interface RestoreEvent {
  readonly id: string | null;
  readonly outcome: 'succeeded' | 'failed';
  /** Atlas's word for it. */
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly created: string;
}

/** What the event log says about restores. */
export interface RestoreEvents {
  readonly told: readonly RestoreEvent[];
  /** Events of which Atlas does not say, in a way that can be read, when they happened or what they are. */
  readonly doubtful: number;
}

/**
 * The events of a cluster about restores, from an instant on.
 *
 * @param types of events to ask for. @param since ISO 8601 UTC. Throws the errors of the Atlas client.
 */
export async function readRestoreEvents(
  cluster: ClusterRef,
  types: readonly string[],
  since: string,
  atlas: AtlasClient,
): Promise<RestoreEvents> {
  const events = await collect(
    atlas.events.listGroupEvents({
      groupId: cluster.project,
      clusterNames: [cluster.cluster],
      eventType: types,
      minDate: since,
    }),
  );
  const told = events.flatMap(({ id = null, eventTypeName: type = '', created }): RestoreEvent[] => {
    if (created === undefined) return [];
    if (RESTORE_SUCCEEDED.includes(type)) return [{ id, outcome: 'succeeded', type, created }];
    return RESTORE_FAILED.includes(type) ? [{ id, outcome: 'failed', type, created }] : [];
  });
  return { told, doubtful: events.length - told.length };
}
