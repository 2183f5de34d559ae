/**
 * What holds of a job's history, and what does not. `unknown`: it could not be checked, because the evidence for it is missing
 * or cannot be read.
 */
export interface Finding {
  readonly about: 'timeline' | 'record' | 'report';
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** One sentence or more. */
  readonly message: string;
}

/** What holds. */
export const pass = (about: Finding['about'], message: string): Finding => ({
  about,
  outcome: 'pass',
  message,
});

/** What does not hold. */
export const fail = (about: Finding['about'], message: string): Finding => ({
  about,
  outcome: 'fail',
  message,
});

/** What could not be checked. */
export const unknown = (about: Finding['about'], message: string): Finding => ({
  about,
  outcome: 'unknown',
  message,
});
