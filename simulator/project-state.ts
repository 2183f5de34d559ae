/** What a project holds beside its clusters. Instants are milliseconds since the UNIX epoch. */
export interface ProjectState {
  /** 24 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly createdAt: number;
  /** Whether Atlas chooses the threshold of slow operations. */
  managedSlowMs: boolean;
  readonly auditing: AuditingState;
  /** Absent where LDAP was never set up. */
  ldap?: LdapState | undefined;
  readonly databaseUsers: readonly DatabaseUserState[];
  readonly encryptionAtRest: EncryptionState;
  readonly endpointServices: EndpointServiceState[];
  readonly peers: PeerState[];
  readonly liveMigrations: LiveMigrationState[];
  readonly pipelines: PipelineState[];
  /** What every question about pipelines is answered with; absent while Atlas has them. */
  readonly pipelinesWithdrawn?: 404 | 410 | undefined;
  /** Absent in a world that an earlier release has saved. */
  readonly snapshotExports?: readonly SnapshotExportState[];
}

/** What the project's clusters write to their audit log. */
export interface AuditingState {
  readonly enabled: boolean;
  /** A JSON document. */
  readonly filter: string;
  readonly configurationType: 'NONE' | 'FILTER_BUILDER' | 'FILTER_JSON';
  readonly authorizationSuccess: boolean;
}

export interface LdapState {
  readonly hostname: string;
  readonly port: number;
  readonly bindUsername: string;
  readonly authenticationEnabled: boolean;
  readonly authorizationEnabled: boolean;
  userToDNMapping: readonly UserMapping[];
}

/** How an LDAP user name becomes a distinguished name. */
interface UserMapping {
  readonly match: string;
  readonly substitution?: string | undefined;
  readonly ldapQuery?: string | undefined;
}

export interface DatabaseUserState {
  readonly username: string;
  readonly databaseName: 'admin' | '$external';
  readonly x509Type: 'NONE' | 'CUSTOMER' | 'MANAGED';
  readonly roles: readonly {
    readonly roleName: string;
    readonly databaseName: string;
    readonly collectionName?: string | undefined;
  }[];
  /** The clusters it may use; all of them when empty. */
  readonly scopes: readonly {
    readonly name: string;
    readonly type: 'CLUSTER' | 'DATA_LAKE' | 'STREAM';
  }[];
}

/** Name of a key provider's settings in the Admin API. */
export type KeyProvider = 'awsKms' | 'azureKeyVault' | 'googleCloudKms';

/** Encryption at rest with the customer's keys. */
export interface EncryptionState {
  /** A provider that was never set up, or was switched off, is absent. */
  readonly providers: Partial<Record<KeyProvider, ProviderState | undefined>>;
  enabledForSearchNodes: boolean;
  /** Keys that Atlas cannot use, by their identifier. */
  readonly unusableKeys: readonly string[];
  /** Seconds from a change until Atlas has tried the key. */
  readonly validAfter: number;
  readonly endpoints: { readonly id: string; readonly provider: 'AWS' | 'AZURE' }[];
}

export interface ProviderState {
  /** The settings as Atlas shows them; its secrets are never kept. */
  readonly settings: Readonly<Record<string, string | boolean>>;
  /** When the key is known to work. */
  readonly validAt: number;
}

export interface EndpointServiceState {
  readonly id: string;
  readonly provider: 'AWS' | 'AZURE' | 'GCP';
  readonly region: string;
  readonly status: 'INITIATING' | 'AVAILABLE' | 'WAITING_FOR_USER' | 'FAILED';
  readonly endpoints: EndpointState[];
  /** When its last endpoint was removed. */
  deletedAt?: number | undefined;
}

interface EndpointState {
  /** What removes it: `vpce-…`, the resource id of Azure, or the group name of GCP. */
  readonly id: string;
  /** What the service of AWS lists it as; 24 hexadecimal digits. */
  readonly interfaceId?: string | undefined;
}

/** A network peering connection; its settings are those of its provider. */
export interface PeerState {
  readonly id: string;
  readonly provider: 'AWS' | 'AZURE' | 'GCP';
  readonly containerId: string;
  settings: Readonly<Record<string, string>>;
  /** When it was last pointed somewhere. */
  changedAt: number;
  /** Seconds from a change until it is available, or has failed. */
  readonly connectsAfter: number;
  readonly fails: boolean;
}

/** How a live migration stands from an instant on, where a world wants it otherwise than usual. */
interface MigrationStretch {
  /** Seconds after the migration began. */
  readonly from: number;
  readonly status?: 'NEW' | 'WORKING' | 'COMPLETE' | 'FAILED' | 'EXPIRED' | undefined;
  readonly ready?: boolean | undefined;
  /** Seconds that the copy is behind when the stretch begins; null shows none. */
  readonly lag?: number | null | undefined;
  /** Seconds that the lag grows by in a second. */
  readonly rising: number;
}

export interface LiveMigrationState {
  readonly id: string;
  readonly createdAt: number;
  /** When it can be cut over; from then on it waits for 120 hours. */
  readonly readyAt: number;
  /** How far the copy is behind while it is ready, in seconds. */
  readonly lagSeconds: number;
  readonly migrationHost: string;
  /** Whether it ends badly: before it is ready, or after the cutover. */
  readonly fails: 'never' | 'beforeReady' | 'afterCutover';
  /** Seconds that the cutover takes; absent draws them. */
  readonly cutoverSeconds?: number | undefined;
  /** Name of the cluster of the project that it goes into. */
  readonly target?: string | undefined;
  /** The cluster whose contents the target gets. */
  readonly source?: { readonly project: string; readonly cluster: string } | undefined;
  /** Share of the documents that does not arrive. */
  readonly loses?: number;
  /** In the order of time. Absent in a world that an earlier release has saved. */
  readonly history?: readonly MigrationStretch[];
  cutoverAt?: number | undefined;
  /** When the cutover ends. */
  endsAt?: number | undefined;
}

export interface PipelineState {
  readonly id: string;
  readonly name: string;
  state: 'ACTIVE' | 'PAUSED';
  readonly createdAt: number;
  updatedAt: number;
  readonly source: { readonly cluster: string; readonly database: string; readonly collection: string };
  readonly region: string;
  /** Days that its data sets are kept. */
  readonly keptDays: number;
  readonly runs: PipelineRunState[];
}

export interface PipelineRunState {
  readonly id: string;
  readonly createdAt: number;
  /** Absent while the pipeline is paused before it. */
  startedAt?: number | undefined;
  /** Seconds that it takes. */
  readonly seconds: number;
  readonly fails: boolean;
  readonly documents: number;
  readonly bytes: number;
  /** The snapshot that it exports; one of its own when absent. */
  readonly snapshotId?: string | undefined;
}

/** A snapshot export job of a cluster. */
export interface SnapshotExportState {
  readonly id: string;
  readonly cluster: string;
  readonly createdAt: number;
  /** When it begins, and when it ends. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly ends: 'Successful' | 'Failed' | 'Cancelled';
  readonly collections: number;
  /** The snapshot that it exports; one of its own when absent. */
  readonly snapshotId?: string | undefined;
  readonly bucketId: string;
}
