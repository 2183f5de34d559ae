import { describe, expect, it } from 'vitest';
import type { ReadBeside } from '../../../core/runbooks/in-files.ts';
import { ofRestore } from '../../support/restores.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { RunbookError } from '../../../core/runbooks/runbook-error.ts';
import { DRILLS, PROJECT } from './fixtures.ts';

const TEXT = `version: 1
kind: drill
name: nightly
source: { project: ${PROJECT}, cluster: orders }
target: { project: ${DRILLS}, cluster: orders-drill }
recoveryPoint: { latest: {} }
after:
  - name: search
    use: search-index
    with:
      file: indexes.json
`;
const index = { database: 'shop', collectionName: 'orders', name: 'default', mappings: { dynamic: true } };

function problems(content: string | ReadBeside, text = TEXT) {
  const read = typeof content === 'string' ? () => content : content;
  try {
    parseRunbook(text, 'test.yaml', read);
    return [];
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return error.problems;
  }
}

describe('a file that a runbook names', () => {
  it.each([
    ['JSON', JSON.stringify([index], null, '\t')],
    ['YAML', '- { database: shop, collectionName: orders, name: default, mappings: { dynamic: true } }'],
  ])('takes the place of its name: %s', (_format, content) => {
    const asked: string[] = [];
    const { after } = ofRestore(
      parseRunbook(TEXT, 'test.yaml', (path) => {
        asked.push(path);
        return content;
      }),
    );
    expect(asked).toEqual(['indexes.json']);
    expect(after[0]?.with).toEqual({ indexes: [{ ...index, type: 'search' }] });
  });

  it.each([
    ['is empty', '[]', 'leads to a mistake in indexes.json: must not be empty'],
    ['holds no list', '{}', 'must hold a list of indexes: indexes.json does not'],
    ['is neither JSON nor YAML', '[{', 'is neither JSON nor YAML that can be used: indexes.json:1:'],
    [
      'lacks something',
      JSON.stringify([index, { ...index, name: undefined }]),
      'leads to a mistake in indexes.json at [1].name: is missing',
    ],
    ['repeats itself', JSON.stringify([index, index]), 'indexes.json at [1].name: is listed twice'],
    ['is too large', JSON.stringify([{ ...index, name: 'x'.repeat(100_000) }]), 'is larger than 100 KB'],
  ])('is refused at its name where it %s', (_case, content, message) => {
    const [only, ...more] = problems(content);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ line: 11, column: 13, path: 'after[0].with.file' });
    expect(only?.message).toContain(message);
  });

  it('is refused where it cannot be read, and where nobody reads files', () => {
    const broken = () => {
      throw new Error('it does not exist');
    };
    expect(problems(broken)).toMatchObject([{ line: 11, message: 'cannot be read: it does not exist' }]);
    expect(() => parseRunbook(TEXT, 'test.yaml')).toThrow(/after\[0\]\.with\.file: cannot be read here/);
  });

  it('is not read where the indexes are written out too, or it lies anywhere at all', () => {
    const never = () => {
      throw new Error('was read');
    };
    const both = problems(never, `${TEXT}      indexes: [${JSON.stringify(index)}]\n`);
    expect(both).toMatchObject([{ message: 'needs exactly one of indexes and file' }]);
    const absolute = problems(never, TEXT.replace('indexes.json', '/etc/passwd'));
    expect(absolute).toMatchObject([
      { line: 11, message: 'is not a path relative to the runbook, with / between folders' },
    ]);
  });

  it('counts with the others against what a job can hold', () => {
    const step = TEXT.slice(TEXT.indexOf('  - name')).replace('name: search', 'name: more');
    const large = JSON.stringify([{ ...index, name: 'x'.repeat(60_000) }]);
    expect(problems(large, TEXT + step)).toMatchObject([
      { line: 15, message: 'makes the files larger than 100 KB together' },
    ]);
  });
});
