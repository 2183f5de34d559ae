/** A start tag of a page, with its attributes as the browser would read them. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a page consists of: its start tags in order, and the text between them. */
export interface Markup {
  readonly tags: readonly Tag[];
  readonly text: string;
}

const VOID = new Set(['meta', 'link', 'br']);
const TOKEN =
  /<!doctype html>|<(style|script)((?: [^<>]*?)?)>([\s\S]*?)<\/\1>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w:-]*="[^"<>]*")*)\s*(\/?)>|[^<>]+|[<>]/g;

/**
 * Reads a page strictly: every element closed in order, every attribute in double quotes, no bare angle bracket.
 *
 * @throws Error at the first fault.
 */
export function readMarkup(page: string): Markup {
  const tags: Tag[] = [];
  const open: string[] = [];
  let text = '';
  for (const token of page.matchAll(TOKEN)) {
    const [all, raw, rawAttributes = '', , closing, name = '', attributes = '', selfClosing] = token;
    if (all.startsWith('<!doctype')) continue;
    if (raw !== undefined) {
      tags.push({ name: raw, attributes: readAttributes(rawAttributes) });
    } else if (name === '') {
      if (all === '<' || all === '>') throw new Error(`A bare ${all} at ${token.index}`);
      text += decode(all);
    } else if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> at ${token.index} closes nothing`);
    } else {
      tags.push({ name, attributes: readAttributes(attributes) });
      if (selfClosing !== '/' && !VOID.has(name)) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`Left open: ${open.join(', ')}`);
  return { tags, text };
}

function readAttributes(source: string): Record<string, string> {
  return Object.fromEntries(
    [...source.matchAll(/([a-zA-Z][\w:-]*)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decode(value),
    ]),
  );
}

function decode(text: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&([^;\s]*);?/g, (entity, name: string) => {
    const character = entities[name];
    if (character === undefined) throw new Error(`Unknown entity ${entity}`);
    return character;
  });
}
