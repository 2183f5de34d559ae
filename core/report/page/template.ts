import { jsonText, visibleLines } from '../../visible-text.ts';

const MARKUP = Symbol('markup');

/** Markup that is safe to put into a page as it is. Only this file makes it. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What a template may hold: text and numbers are escaped, `Html` is not, `null` gives nothing, lists are joined. */
export type HtmlValue = Html | string | number | null | readonly HtmlValue[];

/**
 * A tagged template that escapes every value put into it, for element content and for attributes in double quotes.
 *
 * @example
 * html`<p title="${title}">${text}</p>`
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const tail = literals.slice(1).map((literal, index) => markupOf(values[index] ?? null) + literal);
  return { [MARKUP]: (literals[0] ?? '') + tail.join('') };
}

/** The text of finished markup. */
export function toText(value: Html): string {
  return value[MARKUP];
}

/** A style element. The style is ours: a constant, never made of values. */
export function styleElement(css: string): Html {
  return { [MARKUP]: `<style>${css}</style>` };
}

/**
 * A script element that holds data and runs nothing. `<`, `>` and `&` are written as JSON escapes, so that no text in
 * the data can end the element.
 *
 * @param facts anything that `JSON.stringify` takes.
 */
export function jsonElement(id: string, facts: object): Html {
  const json = jsonText(facts, 1).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { [MARKUP]: `<script type="application/json" id="${escape(id)}">${json}</script>` };
}

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if (MARKUP in value) return value[MARKUP];
  return value.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * What nobody sees is shown by its number: left in, it could make a line of a runbook read as something it does not say. Other
 * characters that HTML forbids become U+FFFD.
 */
function escape(text: string): string {
  return visibleLines(text.replaceAll('\r\n', '\n'))
    .replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
