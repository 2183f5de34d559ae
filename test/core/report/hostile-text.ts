import fc from 'fast-check';
import { readMarkup } from './markup.ts';

/** The elements of a page with the names of their attributes: what no text from outside may change. */
export function structure(page: string): string[] {
  return readMarkup(page).tags.map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
}

/** The facts that a page holds once more as JSON. */
export function embeddedFacts(page: string): unknown {
  return JSON.parse(/<script type="application\/json" id="facts">([^<]*)<\/script>/.exec(page)![1]!);
}

/** Texts that try to be more than text. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</script>',
        '</style>',
        '</pre>',
        '<!--',
        '-->',
        ']]>',
        '" onload="x',
        "' x='",
        '<img src=x onerror=alert(1)>',
        '&lt;',
        '&',
        '&#60;',
        '</title>',
        '\u2028',
        '\0',
        '\r',
        '\ud800',
        '`',
        '${x}',
        '=',
      ),
    )
    .map((parts) => parts.join('')),
);
