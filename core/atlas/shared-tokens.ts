/** An OAuth access token of a service account. */
export interface AccessToken {
  readonly value: string;
  /** Milliseconds since the UNIX epoch. */
  readonly expiresAt: number;
}

/**
 * Tokens that several processes share: Atlas's token endpoint takes about ten requests a minute, and a thousand functions
 * would ask it a thousand times.
 */
export interface SharedTokens {
  /**
   * A token of the service account that `isGood` says yes to: one that is there, or what `fetchOne` gives. Of those who ask
   * at the same time, in whatever process, one fetches if that can be had.
   *
   * @throws what `fetchOne` throws.
   */
  obtain(
    clientId: string,
    isGood: (token: AccessToken) => boolean,
    fetchOne: () => Promise<AccessToken>,
  ): Promise<AccessToken>;
}
