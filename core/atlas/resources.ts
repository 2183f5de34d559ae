import type { Operation } from './operation.ts';
import { alertOperations } from './resources/alerts.ts';
import { clusterOperations } from './resources/clusters.ts';
import { eventOperations } from './resources/events.ts';
import { flexOperations } from './resources/flex.ts';
import { restoreJobOperations } from './resources/restore-jobs.ts';
import { snapshotOperations } from './resources/snapshots.ts';

/** Every operation that the client knows, by resource. */
export const RESOURCES = {
  alerts: alertOperations,
  clusters: clusterOperations,
  events: eventOperations,
  flex: flexOperations,
  restoreJobs: restoreJobOperations,
  snapshots: snapshotOperations,
} satisfies Readonly<Record<string, Readonly<Record<string, Operation>>>>;
