import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hiddenIn,
  jsonText,
  PLAIN_LINE,
  PLAIN_TEXT,
  visible,
  visibleIn,
  visibleLines,
} from '../../core/visible-text.ts';

/** One of each class, with the name that a reader sees. */
const HIDDEN: readonly (readonly [character: string, name: string])[] = [
  ['\0', 'U+0000'],
  ['\x07', 'U+0007'],
  ['\r', 'U+000D'],
  ['\x1b', 'U+001B'],
  ['\x7f', 'U+007F'],
  ['\x85', 'U+0085'],
  ['\x9b', 'U+009B'],
  ['\u00ad', 'U+00AD'],
  ['\u034f', 'U+034F'],
  ['\u061c', 'U+061C'],
  ['\u115f', 'U+115F'],
  ['\u180e', 'U+180E'],
  ['\u200b', 'U+200B'],
  ['\u200d', 'U+200D'],
  ['\u200e', 'U+200E'],
  ['\u200f', 'U+200F'],
  ['\u2028', 'U+2028'],
  ['\u2029', 'U+2029'],
  ['\u202a', 'U+202A'],
  ['\u202e', 'U+202E'],
  ['\u2060', 'U+2060'],
  ['\u2066', 'U+2066'],
  ['\u2069', 'U+2069'],
  ['\u3164', 'U+3164'],
  ['\ufe0f', 'U+FE0F'],
  ['\ufeff', 'U+FEFF'],
  ['\ufff9', 'U+FFF9'],
  ['\ud800', 'U+D800'],
  ['\udfff', 'U+DFFF'],
  ['\u{e0001}', 'U+E0001'],
  ['\u{e0041}', 'U+E0041'],
  ['\u{e0100}', 'U+E0100'],
];
const EVERY = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('hidden characters', () => {
  test.each(HIDDEN)('%j is shown as %s and named when it is refused', (character, name) => {
    const text = `a${character}b`;
    expect(visible(text)).toBe(`a<${name}>b`);
    expect(visibleLines(text)).toBe(`a<${name}>b`);
    expect(hiddenIn(text, 'allowed')).toEqual([name]);
    expect(PLAIN_LINE.test(text)).toBe(false);
    expect(PLAIN_TEXT.test(text)).toBe(false);
  });

  test('line breaks and tabs are hidden in one line, and stay where there are lines', () => {
    expect(visible('a\n\tb')).toBe('a<U+000A><U+0009>b');
    expect(visibleLines('a\n\tb\r\n')).toBe('a\n\tb<U+000D>\n');
    expect(hiddenIn('a\n\tb', 'hidden')).toEqual(['U+000A', 'U+0009']);
    expect(hiddenIn('a\n\tb', 'allowed')).toEqual([]);
    expect([PLAIN_LINE.test('a\nb'), PLAIN_TEXT.test('a\nb')]).toEqual([false, true]);
  });

  test.each(['Größe – 売上 – עברית – हिन्दी', 'a b', '⚠️ erases', '👍🏽', '<U+202E>', ''])(
    '%j is plain',
    (text) => {
      expect(visible(text)).toBe(text);
      expect(PLAIN_LINE.test(text)).toBe(true);
      expect(hiddenIn(text, 'hidden')).toEqual([]);
    },
  );

  test('whatever a text holds, nothing hidden is left, and what is refused is what is shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text).replaceAll(/\p{Extended_Pictographic}\uFE0F/gu, '')).not.toMatch(EVERY);
        expect(PLAIN_LINE.test(text)).toBe(visible(text) === text);
        expect(PLAIN_TEXT.test(text)).toBe(visibleLines(text) === text);
        expect(hiddenIn(text, 'hidden').length > 0).toBe(visible(text) !== text);
      }),
    );
  });
});

test('data is shown to its depths, and lines are kept where they are meant', () => {
  const data = { 'k\u202e': ['a\x1b', 1, null, true], rollback: 'one\ntwo\x07', message: 'one\ntwo' };
  expect(visibleIn(data)).toEqual({
    'k<U+202E>': ['a<U+001B>', 1, null, true],
    rollback: 'one\ntwo<U+0007>',
    message: 'one<U+000A>two',
  });
});

test('JSON stays exact, and hides nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, 2), (text, space) => {
      const json = jsonText({ [text]: [text] }, space);
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
      expect(visibleLines(json)).toBe(json);
    }),
  );
  expect(jsonText('\u202e\u{e0041}\x9b')).toBe(String.raw`"\u202e\udb40\udc41\u009b"`);
});
