import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { RunbookError, type RunbookProblem } from '../../../core/runbooks/runbook-error.ts';

const TEXT = readFileSync('examples/drill.yaml', 'utf8');

function problems(text: string): readonly RunbookProblem[] {
  try {
    parseRunbook(text, 'drill.yaml');
  } catch (error) {
    if (error instanceof RunbookError) return error.problems;
    throw error;
  }
  return [];
}

test.each(['\u202e', '\u001b', '\u009b', '\u200b', '\u2066', '\u2028', '\u{e0041}', '\ufeff', '\u0085'])(
  'a runbook that holds %j is refused wherever it stands, with the place and its name',
  (character) => {
    const name = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const places = [...TEXT.matchAll(/\b[a-z]{4}/g)].map(({ index }) => index);
    for (const index of places) {
      const found = problems(`${TEXT.slice(0, index + 1)}${character}${TEXT.slice(index + 1)}`);
      expect(found.map(({ message }) => message).join('\n')).toContain(name);
    }
    expect(places.length).toBeGreaterThan(100);
  },
);

test('an escape hides nothing either', () => {
  const found = problems(`${TEXT}\ndescription: "for \\u202eyou\\e[2J"\n`);
  expect(found).toEqual([
    {
      line: TEXT.split('\n').length + 1,
      column: 14,
      path: '',
      message: expect.stringContaining('U+202E, U+001B') as string,
    },
    expect.objectContaining({ path: 'description' }),
  ]);
});

test('what is one line takes no line break, and what may have lines does', () => {
  const step = (prompt: string) =>
    `${TEXT}\nready:\n  - name: ask\n    use: approval\n    with:\n      prompt: ${prompt}\n`;
  expect(problems(step('"first\\nApproved by ben"'))[0]).toMatchObject({
    path: 'ready[0].with.prompt',
    message: expect.stringContaining('U+000A') as string,
  });
  expect(problems(step('>\n        Folded over\n        two lines.'))).toEqual([]);
  expect(problems(`${TEXT}\ndescription: |\n  two\n  lines\n`)).toEqual([]);
});

test('Windows line ends and a byte order mark are no fault', () => {
  expect(problems(`\ufeff${TEXT.replaceAll('\n', '\r\n')}`)).toEqual([]);
});
