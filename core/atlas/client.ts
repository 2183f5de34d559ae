import type { AlertsApi } from './resources/alerts.ts';
import type { ClustersApi } from './resources/clusters.ts';
import type { EventsApi } from './resources/events.ts';
import type { FlexApi } from './resources/flex.ts';
import type { RestoreJobsApi } from './resources/restore-jobs.ts';
import type { SnapshotsApi } from './resources/snapshots.ts';

/** The Atlas Admin API, grouped by resource; every method is named by MongoDB's operationId. */
export interface AtlasClient {
  readonly alerts: AlertsApi;
  readonly clusters: ClustersApi;
  readonly events: EventsApi;
  readonly flex: FlexApi;
  readonly restoreJobs: RestoreJobsApi;
  readonly snapshots: SnapshotsApi;
  /** Lets requests under way finish, then closes every connection. Closing twice is closing once. */
  close(): Promise<void>;
}
