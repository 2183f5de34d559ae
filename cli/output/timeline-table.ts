import { visibleIn } from '../../core/visible-text.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Colors } from '../terminal.ts';
import { secondOf } from './instants.ts';
import { naturalWidth, tableLines } from './table.ts';

const HEAD = ['#', 'TIME (UTC)', 'EVENT', 'HASH'];
/** Fewer columns than this are no room for a sentence. */
const LEAST_FOR_MESSAGE = 40;
/** So many digits tell one event's hash from another's; the whole one is in the JSON. */
const HASH_DIGITS = 12;

/** A timeline as a table: each message beside its event where there is room, else below it. */
export function timelineTable(events: readonly TimelineEvent[], width: number, colors: Colors): string[] {
  const timeline = visibleIn(events);
  const cells = timeline.map((event) => [
    String(event.sequence),
    secondOf(event.at),
    event.type,
    colors.dim(event.hash.slice(0, HASH_DIGITS)),
  ]);
  const room =
    width -
    naturalWidth(
      HEAD,
      cells.map((row) => ({ cells: row })),
    ) -
    2;
  if (room >= LEAST_FOR_MESSAGE) {
    const rows = timeline.map(({ message }, index) => ({ cells: [...(cells[index] ?? []), message] }));
    return tableLines([...HEAD, 'MESSAGE'], rows, width, colors);
  }
  const rows = timeline.map(({ message }, index) => ({
    cells: cells[index] ?? [],
    below: message,
  }));
  return tableLines(HEAD, rows, width, colors);
}
