import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandLines } from '../../../cli/output/command-lines.ts';

it('leaves a command that fits as it is', () => {
  expect(commandLines('lifeboat jobs list', 40)).toEqual(['lifeboat jobs list']);
});

it('breaks between arguments, keeps options beside their values and quotes whole', () => {
  const command =
    'lifeboat jobs approve 01KAJ3W0Q4X9GZ5M1T2R8C7B6A --reason "ticket 4711, agreed" --plan 3f9a1c0b77de';
  expect(commandLines(command, 60)).toEqual([
    'lifeboat jobs approve 01KAJ3W0Q4X9GZ5M1T2R8C7B6A \\',
    '  --reason "ticket 4711, agreed" --plan 3f9a1c0b77de',
  ]);
});

it('gives lines that a shell reads as the same command, and that fit where each argument does', () => {
  const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const argument = fc.oneof(
    word,
    fc.tuple(word, word).map(([one, other]) => `"${one} ${other}"`),
  );
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 20 }), (words) => {
      const lines = commandLines(words.join(' '), 60);
      expect(lines.join('\n').replace(/ \\\n {2}/g, ' ')).toBe(words.join(' '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    }),
  );
});
