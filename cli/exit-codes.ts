/** What a caller is told by the exit code; documented in the help of every command. */
export const EXIT = {
  /** Done, and what was asked for holds. */
  done: 0,
  /** The job failed, was cancelled or missed an objective; the guards would stop the plan; the timeline is broken. */
  failed: 1,
  /** Bad input or configuration. Nothing was begun. */
  badInput: 2,
  /** Ctrl-C (SIGINT). The job can be resumed. */
  interrupted: 130,
  /** Told to stop (SIGTERM). The job can be resumed. */
  terminated: 143,
  /** The terminal or the SSH session was closed (SIGHUP). The job can be resumed. */
  hungUp: 129,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * Errors, by name, that come from what was asked for or from how this machine is set up. By name and not by class, so
 * that this file loads none of the modules that throw them.
 */
const BAD_INPUT: ReadonlySet<string> = new Set([
  'ApprovalRefusedError',
  'AtlasCredentialsError',
  'AtlasRequestError',
  'AtlasSettingsError',
  'BadCursorError',
  'FrozenError',
  'GuardPolicyError',
  'IllegalTransitionError',
  'JobNotFoundError',
  'JobRunningError',
  'LocalHomeError',
  'OtherAtlasError',
  'PolicyError',
  'PolicyRefusedError',
  'RemoteRefusedError',
  'RunbookError',
  'RunbookTooLongError',
  'ServeTokenError',
  'SpeedRefusedError',
  'UsageError',
]);

/** The exit code for an error of this name that ended a command. */
export function exitCodeFor(errorName: string): ExitCode {
  return BAD_INPUT.has(errorName) ? EXIT.badInput : EXIT.failed;
}
