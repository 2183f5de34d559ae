import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { drillsDue } from '../../../core/http/drills-due.ts';
import type { RunbookStore } from '../../../core/http/host.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { campaignText, fleet, FLEET, SOURCES } from '../../support/campaigns.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { memoryJobs } from '../../support/memory-jobs.ts';
import { openRehearsal } from '../../support/rehearsal.ts';

const drill = readFileSync(new URL('../../../examples/drill.yaml', import.meta.url), 'utf8');
const ATLAS = 'https://cloud.mongodb.com';
const DAY = 24 * 3600;

function store(...expressions: readonly (string | undefined)[]) {
  const texts = new Map(
    expressions.map((expression, index) => [
      `drill-${index}`,
      expression === undefined ? drill : `${drill}\nschedule:\n  expression: ${expression}\n`,
    ]),
  );
  return {
    names: () => Promise.resolve([...texts.keys()]),
    read: (name: string) => Promise.resolve({ text: texts.get(name) ?? '' }),
  };
}

const dueEvery = async (...expressions: readonly (string | undefined)[]) => [
  ...(await dueBy(store(...expressions))).values(),
];

/** What is due by these runbooks, and by a history that is empty unless it is given. */
function dueBy(runbooks: RunbookStore, jobs?: JobStore): ReturnType<typeof drillsDue> {
  return drillsDue({ runbooks, jobs: jobs ?? memoryJobs().jobs, atlasUrl: ATLAS, clock: manualClock() });
}

it('a drill is due as often as its schedule comes, with the time to begin it and to do it', async () => {
  expect(await dueEvery('cron(0 3 ? * SUN *)')).toEqual([7 * DAY + 3600 + DAY]);
});

it('the longest gap counts: nobody misses a drill on a Sunday that is only done on working days', async () => {
  expect(await dueEvery('cron(0 3 ? * MON-FRI *)')).toEqual([3 * DAY + 3600 + DAY]);
});

it('of two runbooks for one cluster the one that comes more often counts', async () => {
  expect(await dueEvery('cron(0 3 ? * SUN *)', 'rate(1 day)')).toEqual([DAY + 3600 + DAY]);
});

it('a cluster that is drilled without a schedule is never due by one', async () => {
  expect(await dueEvery(undefined)).toEqual([undefined]);
  expect(await dueEvery(undefined, 'rate(1 day)')).toEqual([DAY + 3600 + DAY]);
});

it('counts every cluster that a campaign names', async () => {
  const campaign = `${campaignText()}schedule: { expression: rate(7 days), startWithin: 2h }\n`;
  const kept = { names: () => Promise.resolve(['fleet']), read: () => Promise.resolve({ text: campaign }) };
  const due = await dueBy(kept);
  expect([...due.keys()]).toEqual(SOURCES.map((cluster) => `${FLEET}/${cluster}`));
  expect(new Set(due.values())).toEqual(new Set([7 * DAY + 7200 + DAY]));
});

it('counts the clusters that a campaign found by their tags the last time, once it has run', async () => {
  const sources = `{ tagged: { projects: [${FLEET}], tags: { tier: silver } } }`;
  const campaign = campaignText({ sources, schedule: '{ expression: rate(7 days) }' });
  const kept = { names: () => Promise.resolve(['fleet']), read: () => Promise.resolve({ text: campaign }) };
  const at = await openRehearsal({ world: fleet() });
  onTestFinished(() => at.close());
  expect(await dueBy(kept, at.jobs)).toEqual(new Map());
  const { jobId } = await at.start(campaign);
  await at.jobs.save({ ...(await at.jobs.get(jobId)), atlasUrl: ATLAS });
  await at.run(jobId);
  const due = await dueBy(kept, at.jobs);
  expect([...due.keys()]).toEqual(SOURCES.slice(4).map((cluster) => `${FLEET}/${cluster}`));
  expect(new Set(due.values())).toEqual(new Set([7 * DAY + 3600 + DAY]));
});

it('leaves out a runbook that can not be read', async () => {
  const kept = {
    names: () => Promise.resolve(['broken']),
    read: () => Promise.resolve({ text: 'version: 1' }),
  };
  expect(await dueBy(kept)).toEqual(new Map());
});
