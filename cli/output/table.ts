import Table from 'cli-table3';
import type { Colors } from '../terminal.ts';
import { textWidth } from './wrap.ts';

/** A row; `below` is a line of its own under the cells, for what does not fit beside them. */
export interface Row {
  readonly cells: readonly string[];
  readonly below?: string;
}

const GAP = 2;
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Columns that a table fills when nothing in it is wrapped. */
export function naturalWidth(head: readonly string[], rows: readonly Row[]): number {
  return columnWidths(head, rows).reduce((sum, width) => sum + width, 0) - GAP;
}

/**
 * A table without lines, at most `width` columns wide as far as its last column can give way: that one is wrapped.
 */
export function tableLines(
  head: readonly string[],
  rows: readonly Row[],
  width: number,
  colors: Colors,
): string[] {
  const colWidths = columnWidths(head, rows);
  const others = colWidths.slice(0, -1).reduce((sum, column) => sum + column, 0);
  const last = Math.min(colWidths.at(-1) ?? 0, Math.max(10, width - others + GAP));
  const table = new Table({
    head: head.map((title) => colors.dim(title)),
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colWidths: [...colWidths.slice(0, -1), last],
    wordWrap: true,
  });
  for (const { cells, below } of rows) {
    table.push([...cells]);
    if (below !== undefined) table.push([{ content: `  ${below}`, colSpan: head.length, wordWrap: false }]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function columnWidths(head: readonly string[], rows: readonly Row[]): number[] {
  return head.map(
    (title, index) => Math.max(...[title, ...rows.map((row) => row.cells[index] ?? '')].map(textWidth)) + GAP,
  );
}
