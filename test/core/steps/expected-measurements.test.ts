import { describe, expect, it } from 'vitest';
import { measurements } from '../../../core/steps/measurements.ts';
import type { StepAnswer } from '../../../core/steps/protocol/step-answer.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { answerOf, DRILLS, stepContext, twoProjects, withAtlas } from './checking.ts';

const databases = [
  { name: 'shop', collections: 12, indexes: 30, objects: 1_000_000, growthPerDay: 0 },
  { name: 'stock', collections: 3, indexes: 5, objects: 40_000, growthPerDay: 0 },
];
const world = twoProjects({}, { clusters: [{ name: 'orders-drill', databases }] });

/** A look at a target that has been in service for an hour, by a job whose source is not in Atlas. */
async function look(
  expected: object,
  rehearsal: Rehearsal,
  changes: Partial<StepContext> = {},
): Promise<StepAnswer> {
  const { clock } = rehearsal;
  const doneAt = new Date(clock.now()).toISOString();
  clock.advance(3600);
  const { source, ...context } = stepContext(rehearsal, { atlas: { restoreFinishedAt: doneAt } });
  expect(source).toBeDefined();
  const settings = measurements.with.parse({ tolerance: 1, expected });
  return answerOf(measurements, settings, {
    ...context,
    now: new Date(clock.now()).toISOString(),
    ...changes,
  });
}

describe('measurements compared with the figures of a runbook', () => {
  it.each([
    [
      'what it expects',
      [
        { database: 'shop', objects: 1_000_000, indexes: 30 },
        { database: 'stock', collections: 3 },
      ],
      'done',
      { same: 3, databases: 2 },
    ],
    ['nearly that', [{ database: 'shop', objects: 1_005_000 }], 'done', { same: 1 }],
    ['something else', [{ database: 'shop', objects: 1_200_000, collections: 12 }], 'failed', { same: 1 }],
    ['fewer than none', [{ database: 'stock', objects: 0 }], 'failed', { same: 0 }],
    ['a database that is not there', [{ database: 'users', objects: 5 }], 'failed', { missing: 'users' }],
  ])('%s', async (_case, expected, outcome, evidence) => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await look(expected, rehearsal);
      expect(answer).toMatchObject({ outcome, evidence });
      expect(answer.message).toContain('compared with the figures of the runbook');
      expect(answer.evidence).not.toHaveProperty('recoveryPoint');
    });
  });

  it('waits for values, and does not take none for zero', async () => {
    const silent = twoProjects({}, { clusters: [{ name: 'orders-drill', databases, measurements: 'none' }] });
    await withAtlas({ world: silent }, async (rehearsal) => {
      const expected = [{ database: 'shop', objects: 0 }];
      expect(await look(expected, rehearsal)).toMatchObject({ outcome: 'unknown' });
    });
  });

  it('is unknown where the cluster has no process', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const target = { project: DRILLS, cluster: 'another' };
      expect(await look([{ database: 'shop', objects: 1 }], rehearsal, { target })).toMatchObject({
        outcome: 'unknown',
      });
    });
  });
});

it('a figure has to be there', () => {
  expect(measurements.with.safeParse({ tolerance: 1, expected: [{ database: 'shop' }] }).success).toBe(false);
  expect(measurements.with.safeParse({ tolerance: 1, expected: [] }).success).toBe(false);
});
