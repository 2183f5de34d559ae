import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PipelineRecord } from '../../../core/jobs/pipeline-record.ts';
import { pipelineRunbook, type PipelineRunbook } from '../../../core/runbooks/kinds/pipeline.ts';
import type { RunStats } from '../../../core/runbooks/run-stats.ts';
import {
  beforeChecks,
  collectionChecks,
  floorChecks,
  isComparable,
  keptChecks,
} from '../../../core/verification/run-checks.ts';

const ID = '5e2f1c0a9d3b7a4c8e6f0e03';
const NOW = '2026-08-10T03:00:00.000Z';

function followed(
  stats: Partial<RunStats> | undefined,
  parts: Readonly<Record<string, unknown>> = {},
  run: Partial<PipelineRecord> = {},
): { readonly run: PipelineRecord; readonly runbook: PipelineRunbook } {
  const runbook = pipelineRunbook.parse({
    version: 1,
    kind: 'pipeline',
    name: 'lake',
    pipeline: { project: ID, name: 'lake', run: ID },
    ...parts,
  });
  const counted = stats && { documents: null, bytes: null, collections: null, ...stats };
  return { runbook, run: { follows: 'pipeline', ...(counted && { stats: counted }), ...run } };
}

const before = (stats: Partial<RunStats>) => ({
  seen: { run: ID, jobId: null, stats: { documents: null, bytes: null, collections: null, ...stats } },
});
const outcomes = (checks: readonly { readonly outcome: string }[]) => checks.map(({ outcome }) => outcome);

describe('a floor', () => {
  it.each([
    ['none', {}, { documents: 0 }, []],
    ['just reached', { documents: 5 }, { documents: 5 }, ['pass']],
    ['just missed', { documents: 5 }, { documents: 4 }, ['fail']],
    ['of both', { documents: 5, bytes: 10 }, { documents: 5, bytes: 9 }, ['pass', 'fail']],
    ['that Atlas says nothing of', { bytes: 10 }, { documents: 5 }, ['unknown']],
    ['without any count at all', { bytes: 10 }, undefined, ['unknown']],
  ])('%s', (_case, floor, stats, expected) => {
    expect(outcomes(floorChecks(followed(stats, { floor })))).toEqual(expected);
  });
});

describe('the run before', () => {
  const compare = (now: Partial<RunStats>, then: Partial<RunStats>, atMostLess = 10) =>
    outcomes(beforeChecks(followed(now, { previous: { atMostLess } }), before(then)));

  it.each([
    ['as much', { documents: 10 }, { documents: 10 }, 'pass'],
    ['more', { documents: 20 }, { documents: 10 }, 'pass'],
    ['just as little as allowed', { documents: 90 }, { documents: 100 }, 'pass'],
    // 0.1 of it is no number that a computer knows.
    ['just as little as allowed of an odd number', { bytes: 27 }, { bytes: 30 }, 'pass'],
    ['a little less than allowed', { documents: 89 }, { documents: 100 }, 'fail'],
    ['nothing after nothing', { documents: 0 }, { documents: 0 }, 'pass'],
    ['nothing after something', { documents: 0 }, { documents: 1 }, 'fail'],
    ['enough documents, too few bytes', { documents: 9, bytes: 1 }, { documents: 9, bytes: 9 }, 'fail'],
    ['collections', { collections: 3 }, { collections: 4 }, 'fail'],
    ['nothing in common', { collections: 3 }, { documents: 4 }, 'unknown'],
  ])('exported %s', (_case, now, then, expected) => {
    expect(compare(now, then)).toEqual([expected]);
  });

  it('is not compared with where there is none, and unknown where it could not be seen', () => {
    expect(beforeChecks(followed({ documents: 1 }), undefined)).toEqual([]);
    expect(outcomes(beforeChecks(followed({ documents: 1 }), { unseen: 'run x' }))).toEqual(['unknown']);
  });

  it('never passes a loss beyond the limit, and never fails one within it', () => {
    const count = fc.integer({ min: 0, max: 1e12 });
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(count, count, percent, (now, then, atMostLess) => {
        // In whole numbers, so that the expectation rounds nothing.
        const tooLittle = BigInt(then - now) * 100n > BigInt(atMostLess) * BigInt(then);
        expect(compare({ bytes: now }, { bytes: then }, atMostLess)).toEqual([tooLittle ? 'fail' : 'pass']);
      }),
    );
  });

  it('is comparable when anything was counted in both', () => {
    const all = fc.record({
      documents: fc.option(fc.nat()),
      bytes: fc.option(fc.nat()),
      collections: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(all, all, (one, other) => {
        const [check] = beforeChecks(followed(one), before(other));
        expect(check?.outcome !== 'unknown').toBe(isComparable(one, other));
      }),
    );
    expect(isComparable(undefined, { documents: 1, bytes: 1, collections: 1 })).toBe(false);
  });
});

describe('an export job', () => {
  it.each([
    [4, 4, 'pass'],
    [3, 4, 'fail'],
    [5, 4, 'unknown'],
    [undefined, 4, 'unknown'],
    [4, undefined, 'unknown'],
  ])('that wrote %s of %s collections: %s', (collections, of, outcome) => {
    const run = { follows: 'exports' as const, ...(of !== undefined && { collections: of }) };
    const stats = collections === undefined ? undefined : { collections };
    expect(outcomes(collectionChecks(followed(stats, {}, run)))).toEqual([outcome]);
  });

  it('alone has collections to count', () => {
    expect(collectionChecks(followed({ documents: 1 }))).toEqual([]);
  });
});

describe('a data set', () => {
  const kept = (deletedAt: string | undefined, keptFor?: string) => {
    const run = { doneAt: '2026-08-10T02:00:00.000Z', ...(deletedAt !== undefined && { deletedAt }) };
    return outcomes(keptChecks(followed({}, keptFor === undefined ? {} : { keptFor }, run), NOW));
  };

  it.each([
    ['no date and no wish', undefined, undefined, []],
    ['no date, and a wish', undefined, '1d', ['unknown']],
    ['a date and no wish', '2026-08-10T03:00:01Z', undefined, ['pass']],
    ['a date that is over', '2026-08-10T03:00:00Z', undefined, ['fail']],
    ['kept just long enough after the run was done', '2026-08-11T02:00:00Z', '1d', ['pass']],
    ['a second too short', '2026-08-11T01:59:59Z', '1d', ['fail']],
  ])('with %s', (_case, deletedAt, keptFor, expected) => {
    expect(kept(deletedAt, keptFor)).toEqual(expected);
  });
});
