import { naturalWidth, type Row } from './table.ts';
import { wrap } from './wrap.ts';

/** What stands between two columns. */
const GAP = 2;
/** Fewer columns than the longest words of a role leave it no shape. */
const NARROWEST = 16;

/** The roles of an operation, any one of which is enough. */
export function roleText(roles: readonly string[]): string {
  return roles.length === 0 ? 'any' : roles.join(' or ');
}

/**
 * Rows of a table whose last column holds roles: where there is no room for them, they go on in further rows, so that
 * something can stand below each operation all the same.
 */
export function withRoleColumn(head: readonly string[], rows: readonly Row[], width: number): Row[] {
  const before = rows.map(({ cells }) => ({ cells: cells.slice(0, -1) }));
  const room = Math.max(NARROWEST, width - naturalWidth(head.slice(0, -1), before) - GAP);
  return rows.flatMap(({ cells, below }) => {
    const lines = wrap(cells.at(-1) ?? '', room);
    return lines.map((line, index) => ({
      cells: index === 0 ? [...cells.slice(0, -1), line] : [...cells.slice(0, -1).map(() => ''), line],
      ...(index === lines.length - 1 && below !== undefined && { below }),
    }));
  });
}
