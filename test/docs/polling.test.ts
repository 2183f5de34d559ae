import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PollingResults } from '../../bench/polling/measure.ts';
import { compare, measureBar } from '../../bench/polling/measure.ts';
import { readSeries, RECORDED } from '../../bench/polling/series.ts';
import { barTable, bentTable, comparisonTable } from '../../bench/polling/tables.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const results = JSON.parse(read('bench/results/polling.json')) as PollingResults;

describe('docs/polling.md', () => {
  it('has the figures that the benchmark wrote', () => {
    const page = read('docs/polling.md');
    expect(page).toContain(barTable(results.bar));
    expect(page).toContain(comparisonTable(results.together));
    expect(page).toContain(bentTable(results.bent));
  });

  it.skipIf(!existsSync(RECORDED))(
    'has the figures of today (skipped without ../shared/atlas/durations.json)',
    () => {
      const judged = readSeries(RECORDED)!.filter((series) => series.judged);
      expect(barTable(measureBar(judged))).toBe(barTable(results.bar));
      expect(comparisonTable(compare(judged).rows)).toBe(comparisonTable(results.together));
    },
    120_000,
  );
});
