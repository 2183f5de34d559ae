import Table from 'cli-table3';
import type { Colors } from '../terminal.ts';
import { textWidth, wrap } from './wrap.ts';

/** A row; `below` stands under its cells, for what does not fit beside them. */
export interface Row {
  readonly cells: readonly string[];
  readonly below?: string;
}

const GAP = 2;
/** Fewer columns than this are no column at all. */
const LEAST_FOR_TEXT = 10;
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
 * A table without lines, at most `width` columns wide as far as its last column can give way: that one is wrapped,
 * except where rows have something below them.
 */
export function tableLines(
  head: readonly string[],
  rows: readonly Row[],
  width: number,
  colors: Colors,
): string[] {
  const colWidths = columnWidths(head, rows);
  const others = colWidths.slice(0, -1).reduce((sum, column) => sum + column, 0);
  const natural = colWidths.at(-1) ?? 0;
  const hasBelow = rows.some(({ below }) => below !== undefined);
  const last = hasBelow ? natural : Math.min(natural, Math.max(LEAST_FOR_TEXT, width - others + GAP));
  const table = new Table({
    head: head.map((title) => colors.dim(title)),
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colWidths: [...colWidths.slice(0, -1), last],
    wordWrap: true,
  });
  table.push(...rows.map(({ cells }) => [...cells]));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  if (!hasBelow) return lines;
  const [title = '', ...rest] = lines;
  return [title, ...rest.flatMap((line, index) => [line, ...belowLines(rows[index]?.below, width, colors)])];
}

function belowLines(below: string | undefined, width: number, colors: Colors): string[] {
  return below === undefined ? [] : wrap(below, width - 2).map((line) => `  ${colors.dim(line)}`);
}

function columnWidths(head: readonly string[], rows: readonly Row[]): number[] {
  return head.map(
    (title, index) => Math.max(...[title, ...rows.map((row) => row.cells[index] ?? '')].map(textWidth)) + GAP,
  );
}
