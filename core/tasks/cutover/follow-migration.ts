import { isoTime, secondsBetween } from '../../clock.ts';
import type { CutoverRecord } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import { nextLookSeconds } from '../../polling/next-look.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, GO, saveJob, wait, type Transition } from '../define-task.ts';
import { seenAgain } from '../gone.ts';
import { isPastGuards } from './check-guards.ts';
import { MigrationTimeLimitError } from './errors.ts';
import { noteExpiring } from './note-expiring.ts';
import { readOrLater } from './read-or-later.ts';
import { isReady, readingText, type Reading } from './reading.ts';
import { stopIfOver } from './stop-if-over.ts';

/**
 * Watches the migration until Atlas says that it can be cut over.
 *
 * @throws MigrationCutOverError, MigrationFailedError, MigrationExpiredError, MigrationTimeLimitError
 */
export const followMigration = advancingTask(
  forCutovers(async (job, context) => {
    if (isPastGuards(job)) return GO;
    const begun = await beginPhase(job, context);
    const reading = await readOrLater(begun, 'migration', context);
    if (reading === undefined) return laterIfInTime(begun, 'it could not be looked at', context);
    const seen = await seenAgain(begun, context);
    await stopIfOver(seen, reading, context);
    return isReady(reading) ? noteReady(seen, reading, context) : noteNotReady(seen, reading, context);
  }),
);

/** The guards and the steps of `ready` are through: from here on `timeouts.ready` runs. */
function beginPhase(job: CutoverJob, context: TaskContext): Promise<CutoverJob> {
  if (job.phases.migration !== undefined) return Promise.resolve(job);
  const now = isoTime(context.clock.now());
  return saveJob(job, { phases: begin(end(job.phases, 'guard', now), 'migration', now) }, context);
}

async function noteReady(job: CutoverJob, reading: Reading, context: TaskContext): Promise<Transition> {
  const readyAt = job.cutover.readyAt ?? reading.at;
  const saved = await saveJob(
    job,
    {
      cutover: { ...job.cutover, ...seenIn(reading), readyAt },
      phases: end(job.phases, 'migration', reading.at),
    },
    context,
  );
  await context.jobs.append(job.jobId, {
    at: reading.at,
    type: 'migration-ready',
    once: 'migration-ready',
    message: `Live migration ${job.runbook.migration} is ready for its cutover (${readingText(reading)}). It expires 120 hours after it became so, unless its time is extended in Atlas.`,
    data: { readyAt, lagSeconds: reading.lagSeconds },
  });
  await noteExpiring(saved, context);
  return GO;
}

async function noteNotReady(job: CutoverJob, reading: Reading, context: TaskContext): Promise<Transition> {
  const { status } = job.cutover;
  const cutover = { ...job.cutover, ...seenIn(reading), notReadyAt: reading.at };
  const saved = await saveJob(job, { cutover }, context);
  if (reading.status !== status) {
    await context.jobs.append(job.jobId, {
      at: reading.at,
      type: 'migration-status',
      once: `migration-status-${reading.status ?? 'none'}`,
      message: `Live migration ${job.runbook.migration} is ${readingText(reading)}.`,
      data: { status: reading.status ?? null, lagSeconds: reading.lagSeconds },
    });
  }
  await noteExpiring(saved, context);
  return laterIfInTime(saved, `it is ${readingText(reading)}`, context);
}

/** What the job keeps of a reading while it watches. */
function seenIn({ at, status, lagSeconds }: Reading): Pick<CutoverRecord, 'status' | 'seen'> {
  return { ...(status !== undefined && { status }), seen: { at, lagSeconds } };
}

function laterIfInTime(
  { runbook, phases, createdAt }: CutoverJob,
  seen: string,
  { clock }: TaskContext,
): Transition {
  const elapsed = secondsBetween(phases.migration?.startedAt ?? createdAt, isoTime(clock.now()));
  const limit = runbook.timeouts.ready;
  if (elapsed <= limit) return wait(nextLookSeconds(elapsed));
  throw new MigrationTimeLimitError(
    `Live migration ${runbook.migration} into ${clusterName(runbook.target)} was not ready after ${limit} s (timeouts.ready): ${seen}.`,
    { next: 'Look at the migration in Atlas; raise timeouts.ready if it only takes long.' },
  );
}
