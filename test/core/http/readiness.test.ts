import { expect, it } from 'vitest';
import type { Readiness } from '../../../core/commands/cluster-readiness.ts';
import type { RestoreJob } from '../../../core/jobs/job.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { sampleJob } from '../jobs/sample-job.ts';
import { deviations, operationAt } from './document-check.ts';
import { openPracticeApi, type PracticeApi } from './practice-host.ts';

const HOUR = 3600;
const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
const PATH = `/v1/readiness/${PROJECT}/orders`;

/** A drill that ended so many hours before now. */
async function drilled(
  { host }: PracticeApi,
  hoursAgo: number,
  changes: Partial<RestoreJob> = {},
): Promise<RestoreJob> {
  const endedAt = new Date(host.clock.now() - hoursAgo * HOUR * 1000).toISOString();
  const { runbook } = sampleJob();
  const job = sampleJob({
    jobId: host.newId(),
    status: 'SUCCEEDED',
    verdict: 'passed',
    atlasUrl: host.atlasUrl,
    endedAt,
    rtoSeconds: 600,
    rpoSeconds: 300,
    runbook: { ...runbook, source: { project: PROJECT, cluster: 'orders' } },
    ...changes,
  });
  await host.jobs.create(job);
  return job;
}

function without(key: 'atlasUrl' | 'endedAt', job: RestoreJob): RestoreJob {
  return Object.fromEntries(Object.entries(job).filter(([name]) => name !== key)) as unknown as RestoreJob;
}

async function readiness({ send }: PracticeApi, path = PATH): Promise<Readiness> {
  const reply = await send('GET', path);
  expect(reply.status).toBe(200);
  expect(await deviations(operationAt('GET', path)!, reply)).toEqual([]);
  return (await reply.json()) as Readiness;
}

it('calls a cluster overdue that was never drilled', async () => {
  const practice = await openPracticeApi();
  expect(await readiness(practice)).toMatchObject({
    cluster: `${PROJECT}/orders`,
    lastGoodDrill: null,
    ageSeconds: null,
    rto: null,
    dueAt: null,
    overdue: true,
  });
});

it('tells the last good drill, its age, and when the next is due', async () => {
  const practice = await openPracticeApi();
  await drilled(practice, 60);
  const good = await drilled(practice, 50);
  const bad = await drilled(practice, 2, { status: 'FAILED', verdict: 'failed', rtoSeconds: null });
  const told = await readiness(practice, `${PATH}?every=2d`);
  expect(told).toMatchObject({
    lastGoodDrill: { jobId: good.jobId },
    lastDrill: { jobId: bad.jobId },
    ageSeconds: 50 * HOUR,
    dueEverySeconds: 48 * HOUR,
    overdue: true,
  });
  expect(Date.parse(told.dueAt!)).toBe(practice.host.clock.now() - 2 * HOUR * 1000);
  expect(await readiness(practice, `${PATH}?every=3d`)).toMatchObject({ overdue: false });
});

it('counts neither drills of another Atlas, nor restores, nor drills under way', async () => {
  const practice = await openPracticeApi();
  await drilled(practice, 5, { atlasUrl: 'https://cloud.mongodb.com' });
  const ownSimulator = without('atlasUrl', await drilled(practice, 30));
  await practice.host.jobs.create({ ...ownSimulator, jobId: practice.host.newId() });
  await drilled(practice, 4, { kind: 'restore' });
  const underWay = without('endedAt', await drilled(practice, 31));
  await practice.host.jobs.create({ ...underWay, jobId: practice.host.newId(), status: 'RUNNING' });
  expect(await readiness(practice)).toMatchObject({ ageSeconds: 31 * HOUR });
});

it.each([
  [[600, 620, 640], 'worse', 610],
  [[640, 620, 400], 'better', 630],
  [[600, 640, 630], 'same', 620],
])('compares the last of %j with those before: %s', async (series, change, medianSeconds) => {
  const practice = await openPracticeApi();
  for (const [index, seconds] of series.entries()) {
    const last = index === series.length - 1 && change === 'worse' ? 900 : seconds;
    await drilled(practice, 90 - index * 24, { rtoSeconds: last, rpoSeconds: null });
  }
  const told = await readiness(practice);
  expect(told.rto).toMatchObject({ change, medianSeconds });
  expect(told.rpo).toBeNull();
});

it('goes through all clusters that the runbooks drill or that were drilled', async () => {
  const practice = await openPracticeApi();
  const { runbook } = sampleJob();
  await drilled(practice, 1, { runbook: { ...runbook, source: { project: PROJECT, cluster: 'sessions' } } });
  const reply = await practice.send('GET', '/v1/readiness');
  expect(await deviations(operationAt('GET', '/v1/readiness')!, reply)).toEqual([]);
  const { clusters, overdue } = (await reply.json()) as { clusters: Readiness[]; overdue: string[] };
  expect(clusters.map(({ cluster }) => cluster)).toEqual([`${PROJECT}/orders`, `${PROJECT}/sessions`]);
  expect(overdue).toEqual([`${PROJECT}/orders`]);
});

it('knows by the schedule of a kept runbook how often a drill is due', async () => {
  const practice = await openPracticeApi();
  const schedule = '{ expression: rate(1 day), startWithin: 1h }';
  practice.kept.set('nightly', runbookText({ schedule }));
  await drilled(practice, 50);
  expect(await readiness(practice)).toMatchObject({ dueEverySeconds: 49 * HOUR, overdue: true });
  const { overdue } = (await (await practice.send('GET', '/v1/readiness')).json()) as { overdue: string[] };
  expect(overdue).toEqual([`${PROJECT}/orders`]);
  await drilled(practice, 48);
  expect(await readiness(practice)).toMatchObject({ overdue: false });
  expect(await readiness(practice, `${PATH}?every=1d`)).toMatchObject({ overdue: true });
});
