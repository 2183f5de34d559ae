import type { Comparison, PollingResults, Row } from './measure.ts';
import type { Summary } from './walk-forward.ts';

/** The tables of the benchmark as Markdown, each with its heading. */
export function tables({ bar, together, comparisons }: PollingResults): string {
  return [
    '### Restores and snapshots, class by class',
    barTable(bar),
    '### All restores and snapshots together',
    comparisonTable(together),
    ...comparisons.flatMap(({ series, rows }: Comparison) => [`### ${series}`, comparisonTable(rows)]),
  ].join('\n\n');
}

/** What the bar is measured by. */
export function barTable(bar: PollingResults['bar']): string {
  const cells = ({ polls, meanLag, worstLag }: Summary) =>
    `${polls.toFixed(2)} / ${meanLag.toFixed(1)} / ${worstLag.toFixed(0)}`;
  return markdown(
    ['class', 'jobs', 'all', 'after the first ten', 'later half'],
    bar.map(({ series, all, learnt, later }) => [
      series,
      String(all.jobs),
      cells(all),
      cells(learnt),
      cells(later),
    ]),
  );
}

/** Strategies beside each other on the same jobs. */
export function comparisonTable(rows: readonly Row[]): string {
  return markdown(
    ['strategy', 'polls', 'transitions', 'mean lag s', 'p95 lag s', 'worst lag s', 'too late'],
    rows.map((row) => [
      row.strategy,
      row.polls.toFixed(2),
      row.transitions.toFixed(1),
      row.meanLag.toFixed(1),
      row.p95Lag.toFixed(0),
      row.worstLag.toFixed(0),
      String(row.tooLate),
    ]),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, nth) => Math.max(cell.length, ...rows.map((row) => row[nth]?.length ?? 0)));
  // Words to the left, numbers to the right, as prettier leaves them.
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, nth) => (nth === 0 ? cell.padEnd(widths[nth] ?? 0) : cell.padStart(widths[nth] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, nth) => (nth === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
