import type {
  DatabaseState,
  EmployeeAccessState,
  PinState,
  SearchIndexState,
  SearchNodesState,
} from './cluster-parts.ts';
import type { FederationState, OrganizationState } from './organization-state.ts';
import type { ProjectState } from './project-state.ts';
import type { ChangeRecord, InboxRecord } from './records.ts';

/**
 * What the simulated Atlas knows, as plain data: it is saved as JSON and every state is worked out from it and
 * the clock, so that nothing needs a timer. Instants are milliseconds since the UNIX epoch.
 */
export interface World {
  /** Version of this shape, for a state file of another release. */
  readonly format: 2;
  readonly seed: number;
  readonly createdAt: number;
  /** The latest instant this world was saved at; a clock must not start before it. */
  savedAt: number;
  /** How many identifiers were given out; the next one is salted with it. */
  serial: number;
  readonly projects: ProjectState[];
  readonly organizations: OrganizationState[];
  readonly federations: FederationState[];
  readonly clusters: ClusterState[];
  /** Snapshots taken on demand or written in a world file; scheduled ones follow from the schedule. */
  readonly snapshots: SnapshotState[];
  readonly restoreJobs: RestoreJobState[];
  readonly alerts: AlertState[];
  readonly credentials: CredentialState[];
  /** What was changed through the API, oldest first. */
  readonly changes: ChangeRecord[];
  /** What jobs posted to systems of their users', oldest first. */
  readonly inbox: InboxRecord[];
}

/** Whose cluster it is. */
export interface ClusterKey {
  /** 24 hexadecimal digits. */
  readonly project: string;
  readonly cluster: string;
}

/** How the next piece of work on a cluster goes, where a world wants to say. */
interface Outcome {
  readonly fails: boolean;
  /** Seconds it takes; absent draws them. */
  readonly seconds?: number | undefined;
}

/** How restores into a cluster, and downloads from it, go. */
interface RestoreOutcome extends Outcome {
  /** Share of the documents that a restore leaves out, so that verification has something to find. */
  readonly loses: number;
}

/** The types of config server, by Atlas's words: servers of its own, or one of the shards. */
export type ConfigServer = 'DEDICATED' | 'EMBEDDED';

export interface ClusterState {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly kind: 'replicaSet' | 'sharded' | 'flex' | 'serverless';
  readonly shards: number;
  /** Where a sharded cluster keeps its configuration; absent for the other kinds. */
  readonly configServer?: ConfigServer | undefined;
  readonly version: string;
  readonly diskGB: number;
  readonly instanceSize: string;
  readonly provider: 'AWS' | 'AZURE' | 'GCP';
  readonly region: string;
  /** Data on disk, which is the size of its snapshots. */
  readonly usedBytes: number;
  readonly encryption: 'NONE' | 'AWS' | 'AZURE' | 'GCP';
  /** What its owners have marked it with; absent for none. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly pointInTime: boolean;
  readonly pointInTimeDays: number;
  readonly backups: boolean;
  readonly paused: boolean;
  /** Since when it is paused: from then on it has no backups; absent when it is not. */
  readonly pausedSince?: number | undefined;
  /** Whether a live import is running into it. */
  readonly liveImport: boolean;
  /** Whether its snapshots are also shown by the legacy backup operation. */
  readonly legacyBackup: boolean;
  readonly state: 'IDLE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'REPAIRING';
  readonly createdAt: number;
  /** Since when its snapshots are scheduled; absent when they are not. */
  readonly scheduledSince?: number | undefined;
  /** How restores into it, and downloads from it, go. */
  readonly restores: RestoreOutcome;
  /** How snapshots on demand go. */
  readonly onDemandSnapshots: Outcome;
  readonly databases: readonly DatabaseState[];
  /** Whether measurements have points, points without values, or none. */
  readonly measurements: 'points' | 'nulls' | 'none';
  readonly searchIndexes: SearchIndexState[];
  searchNodes?: SearchNodesState | undefined;
  pin?: PinState | undefined;
  employeeAccess?: EmployeeAccessState | undefined;
}

export interface SnapshotState extends ClusterKey {
  readonly id: string;
  readonly type: 'onDemand' | 'scheduled' | 'fallback';
  readonly frequency: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'ondemand';
  readonly requestedAt: number;
  readonly startsAt: number;
  /** When it completes or fails. */
  readonly endsAt: number;
  readonly fails: boolean;
  /** When Atlas deletes it. */
  readonly expiresAt: number;
  readonly version: string;
  readonly sizeBytes: number;
  /** As the cluster was when it was taken; absent where it is what the cluster is now. */
  readonly shards?: number | undefined;
  readonly configServer?: ConfigServer | undefined;
  readonly encrypted: boolean;
  readonly description?: string | undefined;
}

/** The point in time that a job restores to: seconds of UTC, or an oplog timestamp. */
export interface PointInTime {
  readonly utcSeconds?: number | undefined;
  readonly oplogSeconds?: number | undefined;
  readonly oplogIncrement?: number | undefined;
}

export interface RestoreJobState {
  readonly id: string;
  readonly kind: 'dedicated' | 'flex';
  readonly deliveryType: 'automated' | 'pointInTime' | 'download';
  readonly source: ClusterKey;
  readonly target?: ClusterKey | undefined;
  readonly snapshotId: string;
  /** The instant that the snapshot holds. */
  readonly snapshotTime: number;
  readonly pointInTime?: PointInTime | undefined;
  readonly createdAt: number;
  /** When it finishes or fails, or when the download is ready. */
  readonly endsAt: number;
  /** When the target is idle again. */
  readonly settlesAt: number;
  readonly fails: boolean;
  cancelledAt?: number | undefined;
}

export interface AlertState {
  readonly id: string;
  readonly project: string;
  /** What the alert is about; with neither this nor a host, the project. */
  readonly cluster?: string | undefined;
  /** A host of no cluster of the project. */
  readonly hostnameAndPort?: string | undefined;
  readonly eventType: string;
  readonly createdAt: number;
  readonly status: 'OPEN' | 'TRACKING' | 'CLOSED';
}

/** The roles that a credential can have, by Atlas's names. */
export const ROLES = [
  'ORG_OWNER',
  'ORG_MEMBER',
  'ORG_READ_ONLY',
  'GROUP_OWNER',
  'GROUP_ACCESS_MANAGER',
  'GROUP_BACKUP_MANAGER',
  'GROUP_BACKUP_RECOVERY_OPERATOR',
  'GROUP_CLUSTER_MANAGER',
  'GROUP_NETWORK_ACCESS_MANAGER',
  'GROUP_READ_ONLY',
  'GROUP_SEARCH_INDEX_EDITOR',
  'GROUP_SUPPORT_ACCESS_MANAGER',
] as const;

/** A role in an organization or in a project. */
export type Role = (typeof ROLES)[number];

/** A service account and an API key with the same roles. */
export interface CredentialState {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicKey: string;
  readonly privateKey: string;
  /** Roles by the id of a project or an organization; `*` stands for all of them. */
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** The next salt for an identifier or a draw; no two calls on one world give the same. */
export function nextSerial(world: World): string {
  world.serial += 1;
  return `${world.seed}/${world.serial}`;
}
