import { humanBytes, humanDuration } from '../human.ts';
import { html, type Html } from './template.ts';

/** An instant as `2026-08-10 03:00:12Z`; with its milliseconds where the order of events matters. */
export function instant(iso: string, precision: 'seconds' | 'milliseconds' = 'seconds'): Html {
  const exact = new Date(iso).toISOString();
  const shown = (precision === 'seconds' ? exact.replace(/\.\d+Z$/, 'Z') : exact).replace('T', ' ');
  return html`<time datetime="${exact}" title="${exact}">${shown}</time>`;
}

/** A duration for a person, with the exact seconds as its title. */
export function duration(seconds: number): Html {
  return html`<span class="quantity" title="${`${seconds} seconds`}">${humanDuration(seconds)}</span>`;
}

/** A size for a person, with the exact bytes as its title. */
export function size(bytes: number): Html {
  return html`<span class="quantity" title="${`${bytes.toLocaleString('en')} bytes`}"
    >${humanBytes(bytes)}</span
  >`;
}

/** An id, a hash or anything else that is copied rather than read. */
export function code(text: string): Html {
  return html`<code>${text}</code>`;
}

/** A name and its value; a `null` value leaves the row out. */
export type Fact = readonly [name: string, value: Html | string | null];

/** Names and values, one row each. */
export function facts(rows: readonly Fact[]): Html {
  return html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
  </dl>`;
}

/** A section with its heading, which names it for a screen reader. */
export function section(id: string, heading: string, ...content: readonly Html[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${content}
  </section>`;
}

/** The tones of a result. Each has its own symbol, because colour alone is lost on paper and on some eyes. */
export type Tone = 'good' | 'bad' | 'doubt' | 'plain';

const SYMBOLS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', doubt: '?', plain: '–' };

/** A result as a symbol and a word. */
export function badge(tone: Tone, word: string): Html {
  return html`<span class="badge ${tone}"
    ><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span> ${word}</span
  >`;
}
