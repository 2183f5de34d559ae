import { isoTime, type Clock } from '../clock.ts';
import { JobExistsError } from '../jobs/errors.ts';
import { FrozenError } from '../jobs/freeze.ts';
import { isFinal } from '../jobs/status.ts';
import type { JobStore } from '../jobs/store.ts';
import { PolicyRefusedError } from '../policy/errors.ts';
import { scheduleOf } from '../runbooks/schedule-of.ts';
import { cancelJob } from './cancel-job.ts';
import { skipRun } from './skip-run.ts';
import { startJob, type StartRequest } from './start-job.ts';

/** A run that a schedule asks for. The job's id follows from the runbook and `dueAt`, so however often it is asked for it is one job. */
export interface DueRun {
  readonly request: StartRequest;
  /** When it was due by its schedule, in milliseconds since the UNIX epoch. */
  readonly dueAt: number;
}

/**
 * Writes the record of a run that is due, or that it was skipped: after `startWithin` and the flexible window of its schedule, and
 * where this installation does not allow it.
 *
 * @returns `begun` when the workflow of the job is to be started, `skipped` when this call has skipped the run, `over` when the
 *   job has ended already.
 * @throws JobConflictError, HistoryUnavailableError
 */
export async function startDueRun(
  { request, dueAt }: DueRun,
  jobs: JobStore,
  clock: Clock,
): Promise<'begun' | 'skipped' | 'over'> {
  const { flexibleMinutes = 0, startWithinSeconds = Infinity } = scheduleOf(request.runbook) ?? {};
  const isLate = clock.now() > dueAt + (flexibleMinutes * 60 + startWithinSeconds) * 1000;
  const reason = `It was due at ${isoTime(dueAt)} and could not begin within startWithin, ${startWithinSeconds} s.`;
  try {
    if (isLate) await skipRun(request, reason, jobs, clock);
    else if (!(await startedOrRefused(request, jobs, clock))) return 'skipped';
    return isLate ? 'skipped' : 'begun';
  } catch (error) {
    if (!(error instanceof JobExistsError)) throw error;
  }
  const { jobId, status } = await jobs.get(request.jobId);
  if (isFinal(status)) return 'over';
  // Written down in time, but its workflow may never have been started. The workflow closes it.
  if (isLate && status === 'PENDING') await cancelJob(jobId, { by: 'the schedule', reason }, jobs, clock);
  return 'begun';
}

/** Whether the job was started; what may not be started here is recorded as skipped. */
async function startedOrRefused(request: StartRequest, jobs: JobStore, clock: Clock): Promise<boolean> {
  try {
    await startJob(request, jobs, clock);
    return true;
  } catch (error) {
    if (!(error instanceof PolicyRefusedError) && !(error instanceof FrozenError)) throw error;
    await skipRun(request, error.message, jobs, clock);
    return false;
  }
}
