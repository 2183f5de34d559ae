import { AtlasCredentialsError, AtlasError } from '../atlas/errors.ts';
import { isoTime } from '../clock.ts';
import { MigrationNotFoundError } from '../facts/errors.ts';
import { LifeboatError } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { TaskContext } from './context.ts';
import { PipelineGoneError } from './pipeline/errors.ts';

/** What goes on in Atlas and could not be looked at. */
export interface Unseen {
  /** What the type of the event begins with, such as `restore`. */
  readonly what: string;
  /** The same as the beginning of a sentence: `The restore`. */
  readonly title: string;
}

/**
 * Whether a later look may see what this one did not. What Atlas was asked for goes on while it does not answer, and also while it
 * refuses: an address is put back on an access list, a role is given again. The limits of the runbook end the waiting.
 */
export function maySeeLater(error: unknown): error is LifeboatError {
  return error instanceof LifeboatError && (error.retryable || isRefused(error));
}

/** Whether Atlas does not know what it was asked about, which one answer alone does not prove. */
export function isMissing(error: unknown): error is LifeboatError {
  if (error instanceof AtlasError) return error.status === 404;
  return error instanceof MigrationNotFoundError || error instanceof PipelineGoneError;
}

/** Tells in the timeline, once for each cause, that something could not be looked at, and what to do about it. */
export async function noteUnseen(
  { jobId }: Job,
  { what, title }: Unseen,
  error: LifeboatError,
  context: TaskContext,
): Promise<void> {
  const advice = isRefused(error) && error.next !== undefined ? ` ${error.next}` : '';
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: `${what}-unseen`,
    once: `${what}-unseen-${causeOf(error)}`,
    message: `${title} could not be looked at; it is tried again and again. ${error.message}${advice}`,
  });
}

/** Atlas answered, and lets nobody look who has these credentials or comes from this address. */
function isRefused(error: LifeboatError): boolean {
  return error instanceof AtlasCredentialsError || (error instanceof AtlasError && error.status === 403);
}

function causeOf(error: LifeboatError): string {
  return error instanceof AtlasError ? `${error.name}-${error.errorCode ?? error.status}` : error.name;
}
