/**
 * Characters that a reader does not see, or that change how a terminal or a browser shows what stands around them: controls
 * (C0, DEL, C1), format characters (Cf: bidi controls, zero-width characters, tags), line and paragraph separators, lone
 * surrogates, and what Unicode lets a renderer ignore (Default_Ignorable_Code_Point: fillers, variation selectors). Whoever can put one
 * into a name forges what the next reader is shown.
 */
const HIDDEN_CLASS = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;

/** Behind a pictograph, U+FE0F only says that it is shown as an emoji, as in ⚠️. */
const HIDDEN = new RegExp(String.raw`(?<!\p{Extended_Pictographic})\uFE0F|(?!\uFE0F)[${HIDDEN_CLASS}]`, 'gu');
const HIDDEN_BUT_BREAKS = new RegExp(`(?![\\n\\t])(?:${HIDDEN.source})`, 'gu');

/** A text of one line in which nothing is hidden. */
export const PLAIN_LINE = new RegExp(
  String.raw`^(?:\p{Extended_Pictographic}\uFE0F|[^${HIDDEN_CLASS}])*$`,
  'u',
);
/** A text of any number of lines in which nothing but line breaks (LF) and tabs is hidden. */
export const PLAIN_TEXT = new RegExp(
  String.raw`^(?:\p{Extended_Pictographic}\uFE0F|[\n\t]|[^${HIDDEN_CLASS}])*$`,
  'u',
);

/** A text from outside as one line for people: each hidden character, line breaks and tabs among them, as `<U+001B>`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, named);
}

/** {@link visible} for a text that may have lines: its line breaks and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(HIDDEN_BUT_BREAKS, named);
}

/** Keys whose values are written in several lines on purpose. */
const OF_LINES: ReadonlySet<string> = new Set(['description', 'rollback']);

/**
 * A copy of plain data (objects, lists, scalars) with every text in it made visible for people, keys too. Values are made one line,
 * but those of `description` and `rollback`.
 */
export function visibleIn<T>(data: T): T {
  return copyOf(data, visible) as T;
}

function copyOf(data: unknown, show: (text: string) => string): unknown {
  if (typeof data === 'string') return show(data);
  if (Array.isArray(data)) return data.map((item: unknown) => copyOf(item, show));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]: [string, unknown]) => [
      visible(key),
      copyOf(value, OF_LINES.has(key) ? visibleLines : visible),
    ]),
  );
}

/** The hidden characters of a text as `U+202E`, each once, in their order; empty for a plain text. */
export function hiddenIn(text: string, breaks: 'hidden' | 'allowed'): string[] {
  const found = text.match(breaks === 'hidden' ? HIDDEN : HIDDEN_BUT_BREAKS) ?? [];
  return [...new Set(found)].map(codePoint);
}

/** Where hidden characters stand in a text that may have lines: offsets in UTF-16 units, in their order. */
export function hiddenAt(text: string): { readonly index: number; readonly name: string }[] {
  return Array.from(text.matchAll(HIDDEN_BUT_BREAKS), ({ index, 0: character }) => ({
    index,
    name: codePoint(character),
  }));
}

/**
 * Exact JSON that is safe to show: what `JSON.stringify` leaves as it is but a reader would not see (C1, bidi controls, zero-width
 * characters) is escaped as `\u202e`.
 *
 * @param space as of `JSON.stringify`.
 */
export function jsonText(value: unknown, space?: number): string {
  return JSON.stringify(value, null, space).replace(HIDDEN_BUT_BREAKS, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function named(character: string): string {
  return `<${codePoint(character)}>`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
