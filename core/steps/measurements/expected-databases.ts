import type { MeasuredDatabase } from './compare-measurements.ts';
import { MEASURES, type ExpectedFigures } from './measures.ts';
import type { Measured } from './read-databases.ts';

/** The figures of a runbook, each beside what was measured on the target. */
export function expectedDatabases(
  expected: readonly ExpectedFigures[],
  target: ReadonlyMap<string, Measured>,
): MeasuredDatabase[] {
  return expected.map((figures) => {
    const measures = MEASURES.filter((measure) => figures[measure] !== undefined);
    return {
      database: figures.database,
      source: new Map(measures.map((measure) => [measure, figures[measure] ?? 0])),
      onSource: true,
      existed: true,
      measures,
      target: target.get(figures.database)?.readings,
    };
  });
}
