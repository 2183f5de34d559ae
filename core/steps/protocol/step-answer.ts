/** What was seen or done, small, flat and free of secrets. */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

/** What a step found or did. */
export interface StepAnswer {
  /**
   * `done`: the check passed, or the change was made (or had been made already).
   * `failed`: the check did not pass, or Atlas refused the change; says what is done and what is not.
   * `unknown`: it could not look. `wait`: not yet; look again in `waitSeconds`.
   */
  readonly outcome: 'done' | 'failed' | 'unknown' | 'wait';
  /** One sentence for a person, with the real names. */
  readonly message: string;
  /** What Atlas answered. */
  readonly evidence?: Evidence;
  /** Whole seconds. */
  readonly waitSeconds?: number;
  /** For a `wait` after a change was sent: from now on the step only looks. */
  readonly sent?: boolean;
  /** For a `wait` of `send`: whether the change was carried out is not known. */
  readonly lost?: true;
}
