import { expect, it } from 'vitest';
import { planLines } from '../../../cli/output/plan.ts';
import type { CampaignPlan } from '../../../core/commands/plan-campaign.ts';
import { PLAIN } from './plain-colors.ts';

const SENTENCE =
  'Ask a system of the shop to take no more orders, and wait until it has answered that it is done.';

/** A plan of so many steps. */
function planOf(count: number): CampaignPlan {
  return {
    runbook: 'fleet',
    kind: 'campaign',
    madeAt: '2026-08-10T03:00:00.000Z',
    targets: [],
    concurrency: 1,
    drills: [],
    guards: [],
    ok: true,
    steps: Array.from({ length: count }, () => SENTENCE),
    runbookSteps: [],
  };
}

it.each([9, 10, 100])('stays within the terminal with %i steps, one below the other', (count) => {
  const lines = planLines(planOf(count), 'fleet.yaml', 80, PLAIN);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  const begins = lines.filter((line) => line.includes('Ask a system')).map((line) => line.indexOf('Ask'));
  expect(begins).toHaveLength(count);
  expect(new Set(begins)).toEqual(new Set([`${count}.`.length + 3]));
});
