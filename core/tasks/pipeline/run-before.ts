import { LifeboatError } from '../../errors.ts';
import { lookAtKnownRun } from '../../facts/find-run.ts';
import { readPipelineRun } from '../../facts/run-state.ts';
import { isPipelineJob, type Job, type JobSummary, type PipelineJob } from '../../jobs/job.ts';
import type { RunBefore } from '../../jobs/pipeline-record.ts';
import type { Look } from '../../runbooks/check.ts';
import { pipelineTitle } from '../../runbooks/run-titles.ts';
import { isComparable } from '../../verification/run-checks.ts';
import type { TaskContext } from '../context.ts';

/** Jobs of a page of the history, and how many pages are read: a pipeline that ran last so long ago is as good as new. */
const PAGE = 50;
const MOST_PAGES = 4;

/**
 * The run to compare with: the one that the runbook names, else that of the newest earlier job of the same pipeline that did
 * not fail. One that failed for having exported too little must not become the measure of the next.
 *
 * @returns undefined when there is none.
 */
export async function findRunBefore(
  job: PipelineJob,
  context: TaskContext,
): Promise<Look<RunBefore> | undefined> {
  const { run } = job.runbook.previous;
  const known = await inHistory(job, context, (earlier) =>
    run === undefined ? isBaseline(earlier, job) : followedRun(earlier) === run,
  );
  if (known !== undefined) return { seen: known };
  return run === undefined ? undefined : inAtlas(job, run, context);
}

async function inAtlas(job: PipelineJob, run: string, { atlas }: TaskContext): Promise<Look<RunBefore>> {
  const ref = { ...job.runbook.pipeline, run };
  const what = pipelineTitle(ref);
  const found = await lookAtKnownRun(what, () => readPipelineRun(ref, atlas));
  if ('unseen' in found) return found;
  const { stats, state } = found.seen;
  if (stats === undefined) return { unseen: `${what}: Atlas does not say what it exported (${state})` };
  return { seen: { run, jobId: null, stats } };
}

async function inHistory(
  job: PipelineJob,
  context: TaskContext,
  isWanted: (earlier: PipelineJob) => boolean,
): Promise<RunBefore | undefined> {
  for await (const { jobId } of earlierJobs(job, context)) {
    const earlier = await readJob(jobId, context);
    if (earlier === undefined || !isPipelineJob(earlier) || !isOfSamePipeline(earlier, job)) continue;
    const { stats } = earlier.run;
    if (stats !== undefined && isWanted(earlier)) return { run: followedRun(earlier), jobId, stats };
  }
  return undefined;
}

/** The jobs of this kind that were begun before this one, newest first. */
async function* earlierJobs({ jobId }: PipelineJob, { jobs }: TaskContext): AsyncGenerator<JobSummary> {
  let cursor: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await jobs.list(
      { by: 'kind', kind: 'pipeline' },
      { limit: PAGE, ...(cursor !== undefined && { cursor }) },
    );
    // Ids are in the order of their making.
    yield* found.jobs.filter((one) => one.jobId < jobId);
    if (found.cursor === undefined) return;
    cursor = found.cursor;
  }
}

/** An earlier job; undefined when its record can't be read, which is no fault of this one's run. */
async function readJob(jobId: string, { jobs }: TaskContext): Promise<Job | undefined> {
  try {
    return await jobs.get(jobId);
  } catch (error) {
    if (error instanceof LifeboatError && !error.retryable) return undefined;
    throw error;
  }
}

/** A pipeline of a simulated Atlas tells nothing of the real one of the same name. */
function isOfSamePipeline(one: PipelineJob, other: PipelineJob): boolean {
  const [mine, theirs] = [one.runbook.pipeline, other.runbook.pipeline];
  const sameAtlas =
    one.atlasUrl === other.atlasUrl && (one.simulation === undefined) === (other.simulation === undefined);
  return sameAtlas && mine.project === theirs.project && mine.name === theirs.name;
}

function isBaseline(earlier: PipelineJob, job: PipelineJob): boolean {
  return (
    earlier.status === 'SUCCEEDED' &&
    earlier.verdict !== 'failed' &&
    followedRun(earlier) !== followedRun(job) &&
    isComparable(earlier.run.stats, job.run.stats)
  );
}

/** The id of the run, or of the snapshot export job, that a job followed. */
function followedRun({ run, runbook }: PipelineJob): string {
  return run.follows === 'exports' ? (runbook.export ?? '') : runbook.pipeline.run;
}
