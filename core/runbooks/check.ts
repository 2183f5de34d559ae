/**
 * The result of one guard (before the restore) or one check (after it).
 * `unknown` means that Lifeboat could not look, which is neither a pass nor a failure.
 */
export interface CheckResult {
  /** Stable kebab-case name, for example `target-is-not-source`. */
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** One sentence for a person: what was seen; for `unknown`, why it could not be seen and what that means. */
  readonly message: string;
  /** The values that the outcome rests on, small and free of secrets. */
  readonly evidence?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Something looked up in Atlas, or the reason why it could not be. */
export type Look<T> = { readonly seen: T } | { readonly unseen: string };
