/** Most names that a message or a piece of evidence spells out. */
const MOST_NAMES = 20;

/** Names as one text: the first twenty, then how many more there are; `none` for an empty list. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
