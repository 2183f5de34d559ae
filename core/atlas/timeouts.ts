/** How long each part of one HTTP exchange may take, in milliseconds of real time. */
export interface Timeouts {
  /** To open a connection, TLS included. */
  readonly connect: number;
  /** From the request being sent to the last header of the reply. */
  readonly headers: number;
  /** Between two pieces of the body. */
  readonly body: number;
  /** The whole exchange. A body that drips would outlive the others. */
  readonly exchange: number;
  /** One call of an operation that changes something: authentication, waits and repeats included. */
  readonly change: number;
}

/**
 * The longest that one call of a changing operation (such as `createBackupRestoreJob`) can take, in seconds. Once it has
 * gone by since the call began, the request is no longer on its way, and what Atlas lists is all there will be.
 */
export const LONGEST_REQUEST_SECONDS = 120;

const DEFAULTS: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 30_000,
  exchange: 60_000,
  change: LONGEST_REQUEST_SECONDS * 1000,
};

/** The timeouts to use where some are chosen. `change` can only be shortened: others rely on the longest time. */
export function withDefaults(chosen: Partial<Timeouts> = {}): Timeouts {
  const all = { ...DEFAULTS, ...chosen };
  return { ...all, change: Math.min(all.change, DEFAULTS.change) };
}
