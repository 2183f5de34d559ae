import { type CST, Parser } from 'yaml';

/** What makes a text too much work to compose into values. */
export interface YamlShape {
  /** How many levels of maps and lists it nests. */
  readonly depth: number;
  /** How many keys its largest map has. */
  readonly keys: number;
}

/**
 * How deep a YAML text nests, and how many keys there are in one place.
 *
 * To be asked before the text is composed into values: composing recurses, and a text of nothing but brackets, small
 * as it may be, takes the whole process down with it; and it compares each key with all the others of its map. This walks the concrete syntax, which the parser builds without
 * recursion.
 */
export function yamlShape(text: string): YamlShape {
  let deepest = 0;
  let keys = 0;
  for (const document of new Parser().parse(text)) {
    const left: { readonly token: CST.Token; readonly depth: number }[] = [{ token: document, depth: 0 }];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { token, depth } = next;
      deepest = Math.max(deepest, depth);
      keys = Math.max(keys, keysOf(token));
      for (const child of children(token)) {
        left.push({ token: child, depth: token.type === 'document' ? depth : depth + 1 });
      }
    }
  }
  return { depth: deepest, keys };
}

function keysOf(token: CST.Token): number {
  const isMap =
    token.type === 'block-map' || (token.type === 'flow-collection' && token.start.source === '{');
  return isMap ? token.items.length : 0;
}

function children(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((child) => child !== undefined && child !== null),
  );
}
