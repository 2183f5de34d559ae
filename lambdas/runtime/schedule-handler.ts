import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { startJob } from '../../core/commands/start-job.ts';
import { LifeboatError } from '../../core/errors.ts';
import { scheduledJobId } from '../../core/jobs/derived-id.ts';
import { JobExistsError } from '../../core/jobs/errors.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { readEnvironment } from './environment.ts';
import { keptRunbooks } from './kept-runbooks.ts';
import { logger } from './logger.ts';
import { machineClock } from './machine-clock.ts';
import { jobHistory } from './table.ts';
import { runWorkflow } from './workflows.ts';

/** What a schedule hands over. */
const scheduledRun = z.strictObject({
  runbook: z.string(),
  /** When it was due, ISO 8601 UTC. */
  scheduledTime: z.iso.datetime(),
});

/** A schedule names a runbook that was not deployed with it. */
export class RunbookMissingError extends LifeboatError {
  override readonly name = 'RunbookMissingError';
  override readonly retryable = false;
}

/**
 * Starts the job that a schedule asks for. Schedules are delivered at least once: the job's id follows from the runbook and
 * the time it was due, so that the second delivery finds the job of the first.
 */
export async function handleSchedule(event: unknown): Promise<{ readonly jobId: string }> {
  const { runbook: name, scheduledTime } = scheduledRun.parse(event);
  const jobId = scheduledJobId(name, Date.parse(scheduledTime));
  logger.appendKeys({ jobId });
  const kept = await keptRunbooks.read(name);
  if (kept === undefined) {
    throw new RunbookMissingError(`The runbook ${name} was not deployed with its schedule.`, {
      changed: 'Nothing was changed.',
      next: 'Deploy the stack again.',
    });
  }
  const runbook = parseRunbook(kept.text, name, kept.readBeside);
  const request = {
    jobId,
    runbook,
    runbookText: kept.text,
    policy: readEnvironment('policy').LIFEBOAT_POLICY,
    startedBy: { type: 'schedule', who: name },
    seed: randomInt(0, 2 ** 32),
    atlasUrl: new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin,
  } as const;
  try {
    await startJob(request, jobHistory(), machineClock);
  } catch (error) {
    if (!(error instanceof JobExistsError)) throw error;
  }
  await runWorkflow(jobId, runbook.kind);
  logger.info('started', { runbook: name });
  return { jobId };
}
