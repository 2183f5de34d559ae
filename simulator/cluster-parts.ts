/** A database as measurements describe it, at the instant the world begins. */
export interface DatabaseState {
  readonly name: string;
  readonly collections: number;
  readonly views: number;
  readonly indexes: number;
  readonly objects: number;
  /** Average size of a document in bytes. */
  readonly objectBytes: number;
  /** Share by which the number of documents grows in a day. */
  readonly growthPerDay: number;
}

export interface SearchIndexState {
  readonly id: string;
  /** As it was sent, with its type and its number of partitions. */
  readonly definition: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly database: string;
    readonly collectionName: string;
  };
  readonly createdAt: number;
  /** Seconds that building it takes, anew after each restore into its cluster. */
  readonly buildSeconds: number;
}

/** Nodes of a cluster that do nothing but search. */
export interface SearchNodesState {
  readonly id: string;
  readonly instanceSize: string;
  readonly nodeCount: number;
  deletedAt?: number | undefined;
}

/** A feature compatibility version that stays what it is until the pin expires. */
export interface PinState {
  readonly version: string;
  readonly pinnedAt: number;
  readonly expiresAt: number;
}

/** What MongoDB's support may look at, and until when. */
export interface EmployeeAccessState {
  readonly grantType: string;
  readonly expiresAt: number;
}
