import { expect, it, onTestFinished } from 'vitest';
import { AtlasError } from '../../core/atlas/errors.ts';
import type { Job } from '../../core/jobs/job.ts';
import { openNight, type Night } from '../support/cutovers.ts';
import { pipelineText, pipelineWorld } from '../support/pipelines.ts';
import { openRehearsal, runbookText, worldWith, type Rehearsal } from '../support/rehearsal.ts';

const REFUSAL = { status: 403, errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST' };
/** More looks than any row of retries has. */
const LOOKS = 12;

/** What the timeline says of looks that were refused. */
async function refusals({ jobs }: Rehearsal, { jobId }: Job): Promise<string[]> {
  const events = await jobs.timeline(jobId);
  return events.filter(({ type }) => type.endsWith('-unseen')).map(({ message }) => message);
}

function expectToldOnce(messages: readonly string[]): void {
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain('IP_ADDRESS_NOT_ON_ACCESS_LIST');
  expect(messages[0]).toContain("Add this machine's address to the access list");
}

it('a restore under way that nobody may look at is waited for, and the cause is told once', async () => {
  const at = await openRehearsal({
    world: worldWith({ name: 'orders-drill', restores: { seconds: 1800 } }),
    faults: [{ operation: 'getBackupRestoreJob', after: 1, count: LOOKS, ...REFUSAL }],
  });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText({ objectives: '' }));
  const job = await at.run(jobId);
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expectToldOnce(await refusals(at, job));
});

it('a restore that nobody may look at any more ends at the limit of the runbook', async () => {
  const at = await openRehearsal({ faults: [{ operation: 'getBackupRestoreJob', ...REFUSAL }] });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText({ timeouts: '{ restore: 2h }' }));
  expect(await at.run(jobId)).toMatchObject({
    status: 'FAILED',
    failure: { name: 'RestoreTimeLimitError', unsure: true },
  });
});

/** Refuses so many looks at the migration once its cutover was asked for. */
function runRefusing(night: Night, looks: number): Promise<Job> {
  const { context } = night.at;
  const { liveMigrations } = context.atlas;
  const label = 'getGroupLiveMigration';
  const call = { operation: label, effect: 'read', roles: [], label } as const;
  let left = looks;
  const refusing: typeof liveMigrations = {
    ...liveMigrations,
    getGroupLiveMigration(params) {
      if (night.requests() === 0 || left === 0) return liveMigrations.getGroupLiveMigration(params);
      left -= 1;
      return Promise.reject(new AtlasError(call, { ...REFUSAL, parameters: [] }));
    },
  };
  return night.run({ context: { ...context, atlas: { ...context.atlas, liveMigrations: refusing } } });
}

it.each([
  ['', []],
  [' whose answer was lost', [{ operation: 'cutoverMigration', count: 1, lostReply: true }]],
])('a cutover under way%s that nobody may look at is waited for', async (_, faults) => {
  const night = await openNight({ faults });
  const job = await runRefusing(night, LOOKS);
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect(night.cutovers()).toBe(1);
  expectToldOnce(await refusals(night.at, job));
});

it('a pipeline’s run that nobody may look at is waited for', async () => {
  const at = await openRehearsal({
    world: pipelineWorld({ run: { seconds: 3600 } }),
    faults: [{ operation: 'getPipelineRun', after: 2, count: LOOKS, ...REFUSAL }],
  });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(pipelineText());
  const job = await at.run(jobId);
  expect(job).toMatchObject({ status: 'SUCCEEDED' });
  expectToldOnce(await refusals(at, job));
});
