import { LifeboatError } from '../errors.ts';
import type { Runbook } from '../runbooks/schema.ts';
import type { Job, PipelineJob } from './job.ts';
import type { RunbookOrigin } from '../policy/origin.ts';
import type { Policy } from '../policy/policy.ts';
import type { StartedBy } from './started-by.ts';

/**
 * Longest runbook text that a job takes, in bytes of UTF-8. The job holds the text and what was read from it, and a
 * DynamoDB item ends at 400 KB.
 */
export const MAX_RUNBOOK_BYTES = 100 * 1024;

/** The runbook's text is too long to be kept with the job. */
export class RunbookTooLongError extends LifeboatError {
  override readonly name = 'RunbookTooLongError';
  override readonly retryable = false;
}

/** What a job is made of when it begins. */
export interface NewJob {
  /** ULID. */
  readonly jobId: string;
  readonly runbook: Runbook;
  /** The runbook as it was written. */
  readonly runbookText: string;
  readonly policy: Policy;
  readonly origin?: RunbookOrigin;
  readonly breakGlass?: Job['breakGlass'];
  readonly startedBy: StartedBy;
  /** What `random` draws with: an unsigned 32-bit integer. */
  readonly seed: number;
  readonly simulation?: Job['simulation'];
  /** Origin of the Atlas that it begins in; see {@link Job}. */
  readonly atlasUrl?: string;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/**
 * A job that waits to be run: version 1, nothing done yet.
 *
 * @throws RunbookTooLongError when the text is longer than {@link MAX_RUNBOOK_BYTES}.
 */
export function newJob(from: NewJob): Job {
  const bytes = new TextEncoder().encode(from.runbookText).length;
  if (bytes > MAX_RUNBOOK_BYTES) {
    throw new RunbookTooLongError(
      `Runbook ${from.runbook.name} is ${bytes} bytes long; a job takes up to ${MAX_RUNBOOK_BYTES}.`,
      { changed: 'Nothing was changed.', next: 'Shorten the runbook: comments count too.' },
    );
  }
  return withRunbook(
    {
      jobId: from.jobId,
      version: 1,
      status: 'PENDING',
      runbookText: from.runbookText,
      policy: from.policy,
      ...(from.origin === undefined ? {} : { origin: from.origin }),
      ...(from.breakGlass === undefined ? {} : { breakGlass: from.breakGlass }),
      startedBy: from.startedBy,
      seed: from.seed,
      ...(from.simulation === undefined ? {} : { simulation: from.simulation }),
      ...(from.atlasUrl === undefined ? {} : { atlasUrl: from.atlasUrl }),
      createdAt: from.now,
      updatedAt: from.now,
      phases: {},
      atlas: {},
      guards: [],
      checks: [],
      steps: {},
      approvals: {},
      notices: {},
      rtoSeconds: null,
      rpoSeconds: null,
    },
    from.runbook,
  );
}

/** The part of a new job that depends on what kind it is. */
function withRunbook(job: Omit<PipelineJob, 'kind' | 'runbook' | 'run'>, runbook: Runbook): Job {
  switch (runbook.kind) {
    case 'cutover':
      return { ...job, kind: runbook.kind, runbook, cutover: { readings: [], attempts: 0 } };
    case 'pipeline':
      return { ...job, kind: runbook.kind, runbook, run: { follows: 'pipeline' } };
    case 'campaign':
      return { ...job, kind: runbook.kind, runbook, campaign: {} };
    default:
      return { ...job, kind: runbook.kind, runbook, restoreAttempts: 0 };
  }
}
