import { randomInt } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { startDueRun } from '../../core/commands/start-due-run.ts';
import { LifeboatError } from '../../core/errors.ts';
import { scheduledJobId } from '../../core/jobs/derived-id.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { readEnvironment } from './environment.ts';
import { keptRunbooks } from './kept-runbooks.ts';
import { logger } from './logger.ts';
import { machineClock } from './machine-clock.ts';
import { metrics, publishMetrics } from './metrics.ts';
import { installationPolicy } from './policy.ts';
import { jobHistory } from './table.ts';
import { runWorkflow } from './workflows.ts';

/** What a schedule puts into the queue. */
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
 * Starts the job that a schedule asks for, as it comes through the queue. It is delivered at least once, and again every few
 * minutes until this ends well: the job's id follows from the runbook and the time it was due, so that the second delivery finds
 * the job of the first. What is due for longer than `startWithin` is not started but written down as skipped.
 */
export async function handleSchedule({ Records }: SQSEvent): Promise<void> {
  try {
    for (const { body } of Records) await startDue(scheduledRun.parse(JSON.parse(body)));
  } finally {
    publishMetrics();
  }
}

async function startDue({ runbook: name, scheduledTime }: z.output<typeof scheduledRun>): Promise<void> {
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
    origin: { kept: name, overridden: [] },
    policy: installationPolicy(),
    startedBy: { type: 'schedule', who: name },
    seed: randomInt(0, 2 ** 32),
    atlasUrl: new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin,
  } as const;
  const outcome = await startDueRun(
    { request, dueAt: Date.parse(scheduledTime) },
    jobHistory(),
    machineClock,
  );
  if (outcome === 'begun') await runWorkflow(jobId, runbook.kind);
  if (outcome === 'skipped') metrics.addMetric('SchedulesSkipped', 'Count', 1);
  logger.info(outcome, { runbook: name, scheduledTime });
}
