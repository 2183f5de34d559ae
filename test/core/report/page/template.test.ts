import { expect, test } from 'vitest';
import { html, jsonElement, toText } from '../../../../core/report/page/template.ts';

test('values are escaped, markup is not, null is nothing, lists are joined', () => {
  const bold = html`<b>${'<&">'}</b>`;
  expect(toText(html`<p title="${`"'`}">${bold}${null}${[1, ' ', bold]}</p>`)).toBe(
    '<p title="&quot;&#39;"><b>&lt;&amp;&quot;&gt;</b>1 <b>&lt;&amp;&quot;&gt;</b></p>',
  );
});

test('an object that only looks like markup is not taken for it', () => {
  const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}') as string;
  expect(() => toText(html`${forged}`)).toThrow();
});

test('what nobody sees is shown', () => {
  expect(toText(html`${'a\u0000b\ud800c\u202ed\te\nf'}`)).toBe(
    'a&lt;U+0000&gt;b&lt;U+D800&gt;c&lt;U+202E&gt;d\te\nf',
  );
});

test('data cannot end its element, and reads back as it was', () => {
  const facts = { text: '</script><!--<script>&amp;\u2028' };
  const element = toText(jsonElement('facts', facts));
  const json = /^<script type="application\/json" id="facts">([^<>&]*)<\/script>$/.exec(element)![1]!;
  expect(JSON.parse(json)).toEqual(facts);
});
