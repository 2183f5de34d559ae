/** Proves to Atlas who asks. */
export interface Authorizer {
  /**
   * The value of the Authorization header for a request, or undefined when Atlas must be asked first how to prove it.
   *
   * @param uri path and query of the request.
   * @throws AtlasCredentialsError, AtlasUnreachableError, AtlasError when no proof can be had.
   */
  authorization(method: string, uri: string): Promise<string | undefined>;
  /**
   * Told of a 401. True when the request is worth making once more with a new proof.
   *
   * @param used the header that was refused.
   * @param challenge the WWW-Authenticate header of the refusal.
   * @param times how often this request has been refused, this time included.
   */
  refused(used: string | undefined, challenge: string | undefined, times: number): boolean;
  /** What must appear in no message, at this moment. */
  secrets(): readonly string[];
  /** The environment variables that the credentials come from. */
  readonly variables: readonly string[];
}
