import { describe, expect, it } from 'vitest';
import { lossOf } from '../../bench/drills/prove.ts';
import { runbookFor, worldFor } from '../../bench/drills/world.ts';
import { countingTable } from '../../bench/history/counting-table.ts';
import { table } from '../../bench/markdown.ts';
import { median, share } from '../../bench/median.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';

describe('what benchmarks reckon with', () => {
  it.each([
    [[3], 3],
    [[4, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('the median of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it('a share of numbers is one of them', () => {
    const numbers = Array.from({ length: 20 }, (_, nth) => 20 - nth);
    expect([0, 0.05, 0.5, 0.95, 1].map((part) => share(numbers, part))).toEqual([1, 1, 10, 19, 20]);
  });

  it('a table is one that prettier leaves alone', () => {
    const rows = [
      ['a', '10'],
      ['bcd ef', '7'],
    ];
    expect(table(['what', 'ms'], rows).split('\n')).toEqual([
      '| what   | ms |',
      '| ------ | -: |',
      '| a      | 10 |',
      '| bcd ef |  7 |',
    ]);
  });

  it('units are added up: 4 KB are one, and half of one where the answer need not be the newest', async () => {
    const spent = { calls: 0, units: 0 };
    const item = { pk: 'JOB#1', sk: 'JOB', document: 'x'.repeat(5_000) };
    const answers = {
      getItem: () => Promise.resolve(item),
      queryIndex: () => Promise.resolve([item, item]),
    };
    const counted = countingTable(answers as unknown as Table, spent);
    await counted.getItem(item);
    await counted.queryIndex({ index: 'jobs-all', value: 'JOB', limit: 2 });
    expect(spent).toEqual({ calls: 2, units: 2 + 1.5 });
  });

  it('a drill is lost when it did not succeed, was restored twice or never, or its timeline is broken', () => {
    const sound = { succeeded: 9, chainsSound: 9, restores: 9, restoredTargets: 9 };
    expect(lossOf(9, sound)).toBeUndefined();
    expect(lossOf(9, { ...sound, succeeded: 8 })).toBe('Of 9 drills: succeeded 8.');
    expect(lossOf(9, { ...sound, restores: 10 })).toBe('Of 9 drills: restores 10.');
    expect(lossOf(9, { ...sound, restoredTargets: 8, chainsSound: 8 })).toMatch(
      /chainsSound 8, restoredTargets 8/,
    );
  });

  it('each drill has a source and a target of its own in its world', () => {
    const there = new Set(
      worldFor(25).projects.flatMap(({ id, clusters = [] }) => clusters.map(({ name }) => `${id}/${name}`)),
    );
    expect(there.size).toBe(50);
    const used = Array.from({ length: 25 }, (_, nth) => {
      const runbook = parseRunbook(runbookFor(nth), 'drill.yaml');
      if (runbook.kind !== 'drill' || runbook.target === undefined)
        throw new TypeError('No drill with a target.');
      return [runbook.source, runbook.target].map(({ project, cluster }) => `${project}/${cluster}`);
    });
    expect(new Set(used.flat())).toEqual(there);
  });
});
