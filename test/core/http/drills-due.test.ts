import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { campaignText, FLEET, SOURCES } from '../../support/campaigns.ts';
import { drillsDue } from '../../../core/http/drills-due.ts';

const drill = readFileSync(new URL('../../../examples/drill.yaml', import.meta.url), 'utf8');
const NOW = Date.parse('2026-08-10T03:00:00Z');
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
  ...(await drillsDue(store(...expressions), NOW)).values(),
];

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
  const due = await drillsDue(kept, NOW);
  expect([...due.keys()]).toEqual(SOURCES.map((cluster) => `${FLEET}/${cluster}`));
  expect(new Set(due.values())).toEqual(new Set([7 * DAY + 7200 + DAY]));
});

it('leaves out a runbook that can not be read', async () => {
  const kept = {
    names: () => Promise.resolve(['broken']),
    read: () => Promise.resolve({ text: 'version: 1' }),
  };
  expect(await drillsDue(kept, NOW)).toEqual(new Map());
});
