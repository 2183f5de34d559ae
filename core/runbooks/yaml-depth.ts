import { type CST, Parser } from 'yaml';

/**
 * How many levels of maps and lists a YAML text nests.
 *
 * To be asked before the text is composed into values: composing recurses, and a text of nothing but brackets, small
 * as it may be, takes the whole process down with it. This walks the concrete syntax, which the parser builds without
 * recursion.
 */
export function nestingDepth(text: string): number {
  let deepest = 0;
  for (const document of new Parser().parse(text)) {
    const left: { readonly token: CST.Token; readonly depth: number }[] = [{ token: document, depth: 0 }];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { token, depth } = next;
      deepest = Math.max(deepest, depth);
      for (const child of children(token)) {
        left.push({ token: child, depth: token.type === 'document' ? depth : depth + 1 });
      }
    }
  }
  return deepest;
}

function children(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((child) => child !== undefined && child !== null),
  );
}
