/** A problem by its name, which ends its `type`: the status of the answer, and what it says in general. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'bad-cursor': { status: 400, title: 'The cursor is of another list' },
  'not-signed-in': { status: 401, title: 'The request does not prove who sent it' },
  'scope-missing': { status: 403, title: 'The sender may not do this' },
  'policy-refused': { status: 403, title: 'The policy of this installation forbids it' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'job-not-found': { status: 404, title: 'There is no such job' },
  'runbook-not-found': { status: 404, title: 'There is no such runbook' },
  'method-not-allowed': { status: 405, title: 'This address knows other methods' },
  'job-ended': { status: 409, title: 'The job has ended' },
  'job-changed': { status: 409, title: 'The job was changed meanwhile' },
  'approval-refused': { status: 409, title: 'What was said of the job does not count' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unsupported': { status: 415, title: 'The body is of another media type' },
  'invalid-body': { status: 422, title: 'The body has mistakes' },
  'invalid-runbook': { status: 422, title: 'The runbook has mistakes' },
  'key-used-before': { status: 422, title: 'The idempotency key was used for something else' },
  'cluster-unusable': { status: 422, title: 'Atlas does not have what the runbook names' },
  frozen: { status: 423, title: 'This installation is frozen' },
  internal: { status: 500, title: 'Lifeboat itself failed' },
  'atlas-failed': { status: 502, title: 'Atlas did not do what was asked of it' },
  'not-ready': { status: 503, title: 'This installation is not set up' },
  'history-unavailable': { status: 503, title: 'The history cannot be reached' },
} as const;

/** One of {@link PROBLEMS}. */
export type ProblemName = keyof typeof PROBLEMS;

/** A part of a request that is wrong. */
export interface FieldProblem {
  /** Such as `runbook.source.project`, `limit` or `Idempotency-Key`. */
  readonly field: string;
  /** Continues the sentence that the field begins. */
  readonly message: string;
  /** Where it is in the text of a runbook. Both count from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** An answer that says no, or that something failed: a problem document of RFC 9457. */
export interface Problem {
  /** `urn:lifeboat:problem:` and the name. It never changes its meaning. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, as a sentence. */
  readonly detail: string;
  /** Which request it was, where the log of the host has more to say of it. */
  readonly instance?: string;
  /** Every part of the request that is wrong. */
  readonly fields?: readonly FieldProblem[];
  /** The name of the error, as in docs/errors.md. */
  readonly error?: string;
  /** What was changed and what was not. */
  readonly changed?: string;
  /** What to do. */
  readonly next?: string;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean;
}

/** The problem of a name, with what there is to say of this one. */
export function problem(
  name: ProblemName,
  detail: string,
  more: Omit<Problem, 'type' | 'title' | 'status' | 'detail'> = {},
): Problem {
  return { type: `urn:lifeboat:problem:${name}`, ...PROBLEMS[name], detail, ...more };
}
