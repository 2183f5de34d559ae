import { expect, it, onTestFinished } from 'vitest';
import { changeFreeze } from '../../../core/commands/freeze.ts';
import { freezeText, standingFreeze } from '../../../core/jobs/freeze.ts';
import { openRehearsal } from '../../support/rehearsal.ts';

async function installation() {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const change = (act: 'freeze' | 'unfreeze', who: string, reason: string | null) =>
    changeFreeze({ act, by: { type: 'cli', who }, reason }, at.jobs, at.clock);
  return { at, change };
}

it('a second freeze is added to the first, and one unfreeze ends both', async () => {
  const { at, change } = await installation();
  await change('freeze', 'anna', 'Atlas has an incident');
  const { freeze } = await change('freeze', 'ben', 'same here');
  expect(freeze === undefined ? '' : freezeText(freeze)).toMatch(
    /^Frozen since \S+ \S+ UTC by anna: Atlas has an incident; by ben: same here$/,
  );
  expect((await change('unfreeze', 'carl', null)).freeze).toBeUndefined();
  const log = await at.jobs.freezes();
  expect(log.entries.map(({ act, by, reason }) => [act, by.who, reason])).toEqual([
    ['freeze', 'anna', 'Atlas has an incident'],
    ['freeze', 'ben', 'same here'],
    ['unfreeze', 'carl', null],
  ]);
});

it('an unfreeze of what is not frozen changes nothing', async () => {
  const { at, change } = await installation();
  expect(await change('unfreeze', 'anna', 'why not')).toEqual({ log: { version: 0, entries: [] } });
  expect((await at.jobs.freezes()).version).toBe(0);
});

it('loses no freeze of people who freeze at the same moment', async () => {
  const { at, change } = await installation();
  await Promise.all(['anna', 'ben', 'carl', 'dora'].map((who) => change('freeze', who, 'now')));
  expect(standingFreeze(await at.jobs.freezes())?.by).toHaveLength(4);
});

it('keeps the first of a freeze that is added to a hundred times', async () => {
  const { at, change } = await installation();
  await change('freeze', 'anna', 'first');
  for (let nth = 0; nth < 120; nth += 1) await change('freeze', 'ben', String(nth));
  const log = await at.jobs.freezes();
  expect(log.entries).toHaveLength(100);
  expect(standingFreeze(log)?.by[0]?.by.who).toBe('anna');
});
