import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockDuration } from '../../../cli/output/instants.ts';
import { cut, textWidth, wrap, wrapBehind } from '../../../cli/output/wrap.ts';
import { COLORED } from './plain-colors.ts';

it('breaks between words, fits, and loses nothing', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'é', '→', '✓'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 12, max: 60 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it('counts what is seen, not the codes of colours', () => {
  expect(textWidth(COLORED.red('drill'))).toBe(5);
  expect(wrap(`${COLORED.red('four')} four`, 9)).toHaveLength(1);
});

it('breaks a long word behind its marks, fits where the parts do, and loses nothing', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'é'), maxLength: 10 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.integer({ min: 11, max: 40 }), (parts, width) => {
      const lines = wrapBehind('/', parts.join('/'), width);
      expect(lines.join('')).toBe(parts.join('/'));
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
  expect(wrapBehind('/', 'GET /a/bb/ccc', 8)).toEqual(['GET /a/', 'bb/ccc']);
});

it('leaves a long word whole and cuts where it is told to', () => {
  expect(wrap('see /a/very/long/path/to/copy now', 10)).toEqual(['see', '/a/very/long/path/to/copy', 'now']);
  expect(cut('restore', 4)).toBe('res…');
  expect(cut('rest', 4)).toBe('rest');
});

it('rounds durations of tables to seconds', () => {
  expect([0.4, 59.6, 3599.6, 360_000].map(clockDuration)).toEqual([
    '0:00:00',
    '0:01:00',
    '1:00:00',
    '100:00:00',
  ]);
});
