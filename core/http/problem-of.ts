import { LifeboatError } from '../errors.ts';
import { RunbookError } from '../runbooks/runbook-error.ts';
import { problem, PROBLEMS, type Problem, type ProblemName } from './problems.ts';
import { RequestRefusedError } from './request-refused.ts';

/** Errors of Lifeboat, by name, that a request can end with, and the problem that each is. */
const BY_ERROR: Readonly<Record<string, ProblemName>> = {
  ApprovalRefusedError: 'approval-refused',
  AtlasCredentialsError: 'atlas-failed',
  AtlasError: 'atlas-failed',
  AtlasReplyError: 'atlas-failed',
  AtlasReplyLostError: 'atlas-failed',
  AtlasRequestError: 'atlas-failed',
  AtlasSettingsError: 'not-ready',
  AtlasUnreachableError: 'atlas-failed',
  BadCursorError: 'bad-cursor',
  ClusterNotFoundError: 'cluster-unusable',
  FlexUnsupportedError: 'cluster-unusable',
  FrozenError: 'frozen',
  GuardPolicyError: 'not-ready',
  HistoryDamagedError: 'history-unavailable',
  HistoryLostError: 'history-unavailable',
  HistoryUnavailableError: 'history-unavailable',
  IllegalTransitionError: 'job-ended',
  JobClosedError: 'job-ended',
  JobConflictError: 'job-changed',
  JobNotFoundError: 'job-not-found',
  MigrationNotFoundError: 'cluster-unusable',
  PolicyRefusedError: 'policy-refused',
  RunbookError: 'invalid-runbook',
  RunbookTooLongError: 'invalid-runbook',
};

/** So that a text that isn't a runbook at all doesn't fill the answer. */
const MOST_FIELDS = 100;

/**
 * The problem that an error is to whoever sent the request; undefined when it is nothing that they may know or could do
 * anything about.
 */
export function problemOf(error: unknown): Problem | undefined {
  if (!(error instanceof LifeboatError)) return undefined;
  if (error instanceof RequestRefusedError) {
    const { message, changed, next, fields } = error;
    return problem(error.problem, message, {
      ...facts({ changed, next }),
      ...(fields.length > 0 && { fields }),
    });
  }
  const name = BY_ERROR[error.name];
  if (name === undefined) return undefined;
  if (error instanceof RunbookError) return runbookProblem(error);
  const { changed, next, retryable } = error;
  if (PROBLEMS[name].status === 503) return unavailable(name, error);
  return problem(name, error.message, { error: error.name, ...facts({ changed, next }), retryable });
}

function runbookProblem({ name, problems }: RunbookError): Problem {
  const fields = problems.slice(0, MOST_FIELDS).map(({ line, column, path, message }) => ({
    field: path === '' ? 'runbook' : `runbook.${path}`,
    message,
    line,
    column,
  }));
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  return problem('invalid-runbook', `The runbook has ${count}.`, {
    error: name,
    fields,
    changed: 'Nothing was changed.',
    next: 'Correct the runbook and send it again.',
  });
}

/** How the host is set up is nobody's business but that of whoever runs it. */
function unavailable(name: ProblemName, { name: error, retryable }: LifeboatError): Problem {
  return problem(name, `${PROBLEMS[name].title}.`, {
    error,
    next: retryable ? 'Send the request again in a while.' : 'Ask whoever runs this installation.',
    retryable,
  });
}

function facts({ changed, next }: { changed: string | undefined; next: string | undefined }) {
  return { ...(changed !== undefined && { changed }), ...(next !== undefined && { next }) };
}
