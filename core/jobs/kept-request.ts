/** A request that started a job, kept under the key that its sender gave it. */
export interface KeptRequest {
  /** SHA-256 in hexadecimal over who asked and the key that they gave. */
  readonly key: string;
  /** SHA-256 in hexadecimal over what was asked for. */
  readonly bodyHash: string;
  /** The job that it started, or is about to. */
  readonly jobId: string;
  /** ISO 8601 UTC; after it the key may be used for something else. */
  readonly expiresAt: string;
}

/** Requests by their keys, so that one that is sent again starts nothing again. */
export interface RequestStore {
  /**
   * Keeps a request unless there is one under its key, and gives the one that is there then. Of two that come at once both
   * are given the same.
   *
   * @param now ISO 8601 UTC.
   * @throws HistoryUnavailableError
   */
  keep(request: KeptRequest, now: string): Promise<KeptRequest>;
}
