import { afterEach, describe, expect, it } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { headline } from '../../core/report/headline.ts';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { Job, PipelineJob } from '../../core/jobs/job.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import {
  asPipeline,
  pipelineText,
  pipelineWorld,
  WITH_EXPORT,
  type PipelineWorld,
} from '../support/pipelines.ts';
import { openRehearsal, type Rehearsal, type RehearsalOptions } from '../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function open(
  world: PipelineWorld = {},
  options: Omit<RehearsalOptions, 'world'> = {},
): Promise<Rehearsal> {
  return (rehearsal = await openRehearsal({ ...options, world: pipelineWorld(world) }));
}

/** Runs a runbook to its end, and looks at what holds for every job that has ended. */
async function follow(at: Rehearsal, parts: Readonly<Record<string, string>> = {}): Promise<PipelineJob> {
  const { jobId } = await at.start(pipelineText(parts));
  const job = asPipeline(await at.run(jobId));
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  expect(timeline.at(-1)?.type).toBe(`job-${job.status.toLowerCase()}`);
  expect(at.reports.at(-1)).toMatchObject({ jobId, status: job.status });
  return job;
}

async function typesOf(at: Rehearsal, { jobId }: PipelineJob): Promise<string[]> {
  return (await at.jobs.timeline(jobId)).map(({ type }) => type);
}

const resumes = ({ simulator }: Rehearsal) =>
  simulator.changes().filter(({ operation }) => operation === 'resumePipeline').length;
const checksOf = ({ checks }: PipelineJob) => checks.map(({ name, outcome }) => [name, outcome]);

describe('the run of a pipeline', () => {
  it('is followed through its phases to its end, and checked', async () => {
    const at = await open();
    const job = await follow(at, { floor: '{ documents: 1000000, bytes: 900000000 }', keptFor: '10d' });
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(job.run).toMatchObject({
      follows: 'pipeline',
      state: 'DONE',
      stats: { documents: 1_000_000, bytes: 900_000_000, collections: null },
    });
    expect(checksOf(job)).toEqual([
      ['run-done', 'pass'],
      ['enough-documents', 'pass'],
      ['enough-bytes', 'pass'],
      ['kept-long-enough', 'pass'],
    ]);
    const phases = (await at.jobs.timeline(job.jobId)).filter(({ type }) => type === 'run-progress');
    expect(phases.map(({ data }) => data?.phase)).toEqual(['SNAPSHOT', 'EXPORT', 'INGESTION']);
    expect(Object.keys(job.phases)).toEqual(['guard', 'run', 'verify']);
    expect(Object.values(job.phases).every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    expect(resumes(at)).toBe(0);
  });

  it('that is done already is only checked, and the first run of a pipeline passes', async () => {
    const at = await open({ run: { ageHours: 5 } });
    const job = await follow(at);
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(await typesOf(at, job)).toEqual([
      'job-started',
      'guards-passed',
      'run-done',
      'run-verified',
      'job-succeeded',
    ]);
    const verified = (await at.jobs.timeline(job.jobId)).find(({ type }) => type === 'run-verified');
    expect(verified?.message).toContain('knows no earlier run of pipeline orders-to-lake');
    expect(verified?.data).toMatchObject({ compared: false });
  });

  it('that fails ends the job with its own error', async () => {
    const at = await open({ run: { fails: true } });
    const job = await follow(at);
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: {
        name: 'PipelineRunFailedError',
        changed: expect.stringContaining('Nothing was changed') as string,
      },
    });
    expect(job.failure?.message).toContain(`run ${IDS.pipelineRunId} of pipeline orders-to-lake is FAILED`);
    expect(job.run.state).toBe('FAILED');
    expect(job.failure?.changed).not.toContain('Atlas goes on');
    expect(job.checks).toEqual([]);
  });

  it('that had failed before ends the job before anything is changed', async () => {
    const at = await open({ run: { fails: true, ageHours: 5 }, pipeline: { state: 'PAUSED' } });
    const job = await follow(at, { resume: 'true' });
    expect(job.failure?.name).toBe('PipelineRunFailedError');
    expect(job.phases.run).toBeUndefined();
    expect(resumes(at)).toBe(0);
  });

  it('whose data set is deleted ends the job with its own error', async () => {
    const at = await open({ run: { ageHours: 24 * 15 } });
    const job = await follow(at);
    expect(job.failure).toMatchObject({ name: 'PipelineDatasetDeletedError' });
    expect(job.failure?.message).toContain('DATASET_DELETED');
  });

  it('whose data set is deleted after it was seen done fails its check', async () => {
    const at = await open({ run: { ageHours: 5 } });
    at.when('run-done', () => {
      at.clock.advance(14 * 86_400);
      return Promise.resolve();
    });
    const job = await follow(at);
    expect(job.failure?.name).toBe('VerificationFailedError');
    expect(checksOf(job)).toContainEqual(['run-done', 'fail']);
  });

  it('is looked at again and again while Atlas does not answer', async () => {
    const at = await open(
      {},
      { faults: [{ operation: 'getPipelineRun', status: 503, after: 2, count: 12 }] },
    );
    const job = await follow(at);
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(await typesOf(at, job)).toContain('run-unseen');
  });

  it('needs a role to look at, and the error names it', async () => {
    const at = await open({}, { faults: [{ operation: 'getPipelineRun', status: 403 }] });
    const job = await follow(at, WITH_EXPORT);
    expect(job.failure).toMatchObject({ name: 'AtlasError' });
    expect(job.failure?.next).toContain('Project Read Only');
    expect(job.run.follows).toBe('pipeline');
  });
});

describe('a paused pipeline', () => {
  const paused: PipelineWorld = { pipeline: { state: 'PAUSED' }, run: { waits: true } };

  it('is let go on where the runbook says so', async () => {
    const at = await open(paused);
    const job = await follow(at, { resume: 'true' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', run: { state: 'DONE', resumeTaken: true } });
    expect(resumes(at)).toBe(1);
    expect(await typesOf(at, job)).toContain('pipeline-resumed');
  });

  it('is left alone otherwise, and the limit says what it waits for', async () => {
    const at = await open(paused);
    const job = await follow(at, { timeouts: '{ run: 2h }' });
    expect(job.failure).toMatchObject({ name: 'PipelineTimeLimitError' });
    expect(job.failure?.message).toContain('it is PENDING');
    expect(job.failure?.next).toContain('resume: true');
    expect(resumes(at)).toBe(0);
  });

  it.each([
    ['a lost reply', { lostReply: true }],
    ['a 500 before the effect', { status: 500 }],
    ['nonsense', { nonsense: true }],
  ])('is asked to go on again after %s', async (_case, fault) => {
    const at = await open(paused, { faults: [{ operation: 'resumePipeline', count: 2, ...fault }] });
    const job = await follow(at, { resume: 'true' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  });

  it('whose request is never answered fails the job, which says that it may go on', async () => {
    const at = await open(paused, { faults: [{ operation: 'resumePipeline', lostReply: true }] });
    const job = await follow(at, { resume: 'true' });
    expect(job.failure).toMatchObject({ name: 'PipelineResumeUnsettledError' });
    expect(job.failure?.changed).toContain('may have been let go on');
  });

  it('that Atlas says is not paused is followed all the same', async () => {
    const at = await open(
      {},
      { faults: [{ operation: 'resumePipeline', status: 409, errorCode: 'NOT_PAUSED' }] },
    );
    const job = await follow(at, { resume: 'true' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    const told = (await at.jobs.timeline(job.jobId)).find(({ type }) => type === 'pipeline-resumed');
    expect(told?.message).toContain('NOT_PAUSED');
  });

  it('of a run that is done is not let go on for it', async () => {
    const at = await open({ run: { ageHours: 5 }, pipeline: { state: 'PAUSED' } });
    expect(await follow(at, { resume: 'true' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(resumes(at)).toBe(0);
  });
});

describe('once Atlas has withdrawn its pipelines', () => {
  it.each([
    [404, 'or the project, the name or the id of the run is wrong'],
    [410, 'it has withdrawn its data lake pipelines.'],
  ] as const)('a %i says so and names snapshot export jobs', async (pipelinesWithdrawn, words) => {
    const at = await open({ project: { pipelinesWithdrawn } });
    const job = await follow(at);
    expect(job.failure).toMatchObject({ name: 'PipelineGoneError' });
    expect(job.failure?.message).toContain(words);
    expect(job.failure?.message).toContain('has withdrawn its data lake pipelines');
    expect(job.failure?.next).toContain('snapshot export job');
  });

  it('a name that does not exist is told as both', async () => {
    const at = await open();
    const pipeline = `{ project: ${IDS.drillsId}, name: other, run: ${IDS.pipelineRunId} }`;
    const job = await follow(at, { pipeline });
    expect(job.failure).toMatchObject({ name: 'PipelineGoneError' });
    expect(job.failure?.message).toMatch(/404 PIPELINE_NOT_FOUND.*withdrawn.*the name or the id/);
  });

  it('a project that does not exist is no withdrawn pipeline, and no export is followed for it', async () => {
    const at = await open();
    const pipeline = `{ project: 0123456789abcdef01234567, name: other, run: ${IDS.pipelineRunId} }`;
    const job = await follow(at, { pipeline, ...WITH_EXPORT });
    expect(job.failure).toMatchObject({ name: 'AtlasError' });
    expect(job.failure?.message).toContain('GROUP_NOT_FOUND');
  });

  it.each([404, 410] as const)(
    'and answers %i, the export of the runbook is followed',
    async (pipelinesWithdrawn) => {
      const at = await open({ project: { pipelinesWithdrawn } });
      const job = await follow(at, { ...WITH_EXPORT, resume: 'true' });
      expect(job.failure).toBeUndefined();
      expect(job).toMatchObject({
        status: 'SUCCEEDED',
        verdict: 'passed',
        run: { follows: 'exports', state: 'Successful' },
      });
      expect(job.run.stats).toEqual({ documents: null, bytes: null, collections: 16 });
      expect(checksOf(job)).toEqual([
        ['run-done', 'pass'],
        ['all-collections', 'pass'],
      ]);
      expect(await typesOf(at, job)).toContain('pipeline-gone');
      expect(resumes(at)).toBe(0);
    },
  );

  it('while a run is followed, the job goes over to the export', async () => {
    const faults = [{ operation: 'getPipelineRun', status: 410, errorCode: 'GONE', after: 3 }];
    const at = await open({}, { faults });
    const job = await follow(at, WITH_EXPORT);
    expect(job).toMatchObject({ status: 'SUCCEEDED', run: { follows: 'exports' } });
    const types = await typesOf(at, job);
    expect(types.indexOf('run-progress')).toBeLessThan(types.indexOf('pipeline-gone'));
  });

  it('an export that Atlas no longer knows while it is followed proves neither its success nor its failure', async () => {
    const faults = [{ operation: 'getBackupExport', status: 404, errorCode: 'RESOURCE_NOT_FOUND', after: 3 }];
    const at = await open({ project: { pipelinesWithdrawn: 410 } }, { faults });
    const job = await follow(at, WITH_EXPORT);
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'inconclusive',
      failure: { name: 'PipelineOutcomeUnknownError' },
    });
    expect(at.reports.map(headline).at(-1)).toMatch(/inconclusive: Atlas no longer knows .* is not known/);
  });

  it('between two requests, the request to go on finds it out', async () => {
    const faults = [{ operation: 'resumePipeline', status: 404, errorCode: 'RESOURCE_NOT_FOUND' }];
    const at = await open({ pipeline: { state: 'PAUSED' }, run: { waits: true } }, { faults });
    const job = await follow(at, { ...WITH_EXPORT, resume: 'true' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', run: { follows: 'exports' } });
  });

  it('after a run was seen done, nothing else is followed, and the verdict is open', async () => {
    const faults = [{ operation: 'getPipelineRun', status: 410, after: 2 }];
    const at = await open({ run: { ageHours: 5 } }, { faults });
    const job = await follow(at, WITH_EXPORT);
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive', run: { follows: 'pipeline' } });
    expect(checksOf(job)).toContainEqual(['run-done', 'unknown']);
  });

  it.each(['Failed', 'Cancelled'] as const)('an export that ends as %s fails the job', async (ends) => {
    const at = await open({ project: { pipelinesWithdrawn: 410 }, export: { ends } });
    const job = await follow(at, WITH_EXPORT);
    expect(job.failure).toMatchObject({ name: 'PipelineRunFailedError' });
    expect(job.failure?.message).toContain(`snapshot export job ${IDS.snapshotExportId}`);
    if (ends === 'Failed') expect(job.failure?.message).toMatch(/The bucket could not be written to\.$/);
    expect(job.run.state).toBe(ends);
    const report = at.reports.at(-1);
    expect(report === undefined ? '' : headline(report)).toContain(`is ${ends}.`);
  });

  it.each([404, 410] as const)(
    'and answers %i, a named run before cannot be seen',
    async (pipelinesWithdrawn) => {
      const at = await open({ project: { pipelinesWithdrawn } });
      const job = await follow(at, { ...WITH_EXPORT, previous: `{ run: ${IDS.donePipelineRunId} }` });
      expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
      const check = job.checks.find(({ name }) => name === 'not-less-than-before');
      expect(check).toMatchObject({ outcome: 'unknown' });
      expect(check?.message).toContain(String(pipelinesWithdrawn));
    },
  );

  it('a floor of documents cannot be judged by an export, which counts none', async () => {
    const at = await open({ project: { pipelinesWithdrawn: 410 } });
    const job = await follow(at, { ...WITH_EXPORT, floor: '{ documents: 10 }' });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
    expect(checksOf(job)).toContainEqual(['enough-documents', 'unknown']);
  });
});

describe('what was exported', () => {
  it('is too little for the floor', async () => {
    const at = await open({ run: { ageHours: 5, documents: 99 } });
    const job = await follow(at, { floor: '{ documents: 100, bytes: 1 }' });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'VerificationFailedError' } });
    expect(job.failure?.message).toContain('99 documents were exported; the runbook wants at least 100');
    const missed = job.checks.find(({ name }) => name === 'enough-documents');
    expect(missed).toMatchObject({ outcome: 'fail', evidence: { exported: 99, atLeast: 100 } });
  });

  const BEFORE = '5e2f1c0a9d3b7a4c8e6f0e0a';
  const LATER = '5e2f1c0a9d3b7a4c8e6f0e0b';
  const another = (run: string) => `{ project: ${IDS.drillsId}, name: ${IDS.pipelineName}, run: ${run} }`;

  it('is less than the named run before exported', async () => {
    const others = [{ id: BEFORE, ageHours: 30, documents: 1000, bytes: 1000 }];
    const at = await open({ run: { ageHours: 5, documents: 949, bytes: 1000 }, others });
    const job = await follow(at, { previous: `{ run: ${BEFORE}, atMostLess: 5 }` });
    expect(job.failure?.name).toBe('VerificationFailedError');
    expect(job.failure?.message).toContain('949 documents after 1000 (5.1 % less, 5 % allowed)');
  });

  it('is unknown against a named run that Atlas does not know', async () => {
    const at = await open({ run: { ageHours: 5 } });
    const job = await follow(at, { previous: `{ run: ${BEFORE} }` });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
    expect(checksOf(job)).toContainEqual(['not-less-than-before', 'unknown']);
  });

  it('is compared with the last run in the history that did not fail', async () => {
    const others = [
      { id: BEFORE, ageHours: 30, documents: 1000 },
      { id: LATER, ageHours: 20, documents: 500 },
    ];
    const at = await open({ run: { ageHours: 5, documents: 600 }, others });
    expect(await follow(at, { pipeline: another(BEFORE) })).toMatchObject({ verdict: 'passed' });
    at.clock.advance(60);
    expect(await follow(at, { pipeline: another(LATER) })).toMatchObject({ verdict: 'failed' });
    at.clock.advance(60);
    // Not with the run of 500, which failed for it, and not with an earlier job of the same run.
    for (let time = 1; time <= 2; time += 1) {
      const job = await follow(at);
      expect(job.failure?.message).toContain('600 documents after 1000');
      const check = job.checks.find(({ name }) => name === 'not-less-than-before');
      expect(check?.evidence).toMatchObject({ before: BEFORE, documents: 600, documentsBefore: 1000 });
      at.clock.advance(60);
    }
    expect(await follow(at, { previous: '{ atMostLess: 40 }' })).toMatchObject({ verdict: 'passed' });
  });

  it('is named by its run, even if the job that followed it failed', async () => {
    const at = await open({ run: { ageHours: 5, documents: 50 }, others: [{ id: BEFORE, documents: 40 }] });
    expect(await follow(at, { pipeline: another(BEFORE), floor: '{ documents: 45 }' })).toMatchObject({
      verdict: 'failed',
    });
    at.clock.advance(60);
    const job = await follow(at, { previous: `{ run: ${BEFORE} }` });
    expect(job).toMatchObject({ verdict: 'passed' });
    expect(job.checks.find(({ name }) => name === 'not-less-than-before')?.evidence).toMatchObject({
      before: BEFORE,
      jobId: expect.any(String) as string,
    });
  });

  it('is deleted sooner than the runbook wants', async () => {
    const at = await open({ run: { ageHours: 24 }, pipeline: { keptDays: 3 } });
    const job = await follow(at, { keptFor: '3d' });
    expect(job.failure?.name).toBe('VerificationFailedError');
    expect(job.checks.find(({ name }) => name === 'kept-long-enough')).toMatchObject({
      outcome: 'fail',
      evidence: { keptForSeconds: 259_200 },
    });
  });
});

describe('limits and cancelling', () => {
  it('a run that takes too long has a limit of its own, and goes on in Atlas', async () => {
    const at = await open({ run: { seconds: 90_000 } });
    const job = await follow(at, { timeouts: '{ run: 1h }' });
    expect(job.failure).toMatchObject({ name: 'PipelineTimeLimitError' });
    expect(job.failure?.changed).toContain('Atlas goes on with run');
  });

  it('so has the job', async () => {
    const at = await open({ run: { seconds: 90_000 } });
    const job = await follow(at, { timeouts: '{ job: 1h }' });
    expect(job.failure).toMatchObject({ name: 'JobTimeLimitError' });
  });

  it('a run that was done while the process was dead is seen before the limit is', async () => {
    const at = await open();
    const { jobId } = await at.start(pipelineText({ timeouts: '{ run: 1h, job: 1h }' }));
    const stopped = new Promise<void>((resolve) => {
      at.when('run-progress', () => {
        resolve();
        return new Promise<never>(() => undefined);
      });
    });
    await Promise.race([at.run(jobId), stopped]);
    at.clock.advance(7200);
    expect(await at.run(jobId)).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  });

  it.each(['guards-passed', 'run-progress'])(
    'a cancel after %s ends it, and changes nothing',
    async (when) => {
      const at = await open();
      const { jobId } = await at.start(pipelineText());
      at.when(when, async () => {
        await cancelJob(jobId, { by: 'tester', reason: 'not today' }, at.jobs, at.clock);
      });
      const job = asPipeline(await at.run(jobId));
      expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
      expect(job.failure?.message).toContain('not today');
      expect(job.failure?.changed).toContain('Nothing was changed in Atlas.');
    },
  );
});

describe('a drill that waits for a run', () => {
  const SNAPSHOT = '5e2f1c0a9d3b7a4c8e6f0f01';
  const OTHER = '5e2f1c0a9d3b7a4c8e6f0f02';
  const step = (name: string) =>
    `[{ name: ${name}, use: pipeline-run, timeout: 6h, with: { pipeline: ${IDS.pipelineName}, run: ${IDS.pipelineRunId} } }]`;
  const drill = pipelineText({
    kind: 'drill',
    pipeline: '',
    source: `{ project: ${IDS.drillsId}, cluster: orders }`,
    target: `{ project: ${IDS.drillsId}, cluster: spare }`,
    recoveryPoint: `{ snapshot: ${SNAPSHOT} }`,
    before: step('in the lake'),
    verify: step('still in the lake'),
  });

  /** Runs the drill with a run that exports this snapshot. */
  async function play(snapshotId: string): Promise<Job> {
    const orders = { name: 'orders', snapshots: [{ id: SNAPSHOT, ageHours: 3 }] };
    const project = { clusters: [orders, { name: 'spare' }] };
    const at = await open({ run: { snapshotId }, project });
    const { jobId } = await at.start(drill);
    return at.run(jobId);
  }

  it('restores once the run of the same snapshot is done', async () => {
    const job = await play(SNAPSHOT);
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(job.steps['before/in the lake']?.seconds).toBeGreaterThan(600);
    expect(job.checks.at(-1)).toMatchObject({ name: 'still in the lake', outcome: 'pass' });
  });

  it('erases nothing when the run is of another snapshot', async () => {
    const job = await play(OTHER);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'StepFailedError' } });
    expect(job.failure?.message).toContain(OTHER);
    expect(rehearsal?.simulator.restoreJobCount()).toBe(0);
  });
});
