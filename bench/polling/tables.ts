import type { Comparison, PollingResults, Row } from './measure.ts';
import type { Summary } from './walk-forward.ts';

/** The tables of the benchmark as Markdown, each with its heading. */
export function tables({ bar, together, bent, comparisons }: PollingResults): string {
  return [
    '### Restores and snapshots, class by class',
    barTable(bar),
    '### All restores and snapshots together',
    comparisonTable(together),
    '### The same, bent in ways that the constants were not chosen on',
    bentTable(bent),
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

/** Lifeboat on bent series, beside others: polls / mean lag s / how many were seen too late. */
export function bentTable(bent: PollingResults['bent']): string {
  const names = bent[0]?.rows.map(({ strategy }) => strategy) ?? [];
  return markdown(
    ['what is bent', ...names],
    bent.map(({ series, rows }) => [
      series,
      ...rows.map(
        ({ polls, meanLag, tooLate }) => `${polls.toFixed(2)} / ${meanLag.toFixed(1)} / ${tooLate}`,
      ),
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
