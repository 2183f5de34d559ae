import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { RunbookError, type RunbookProblem } from '../../../core/runbooks/runbook-error.ts';
import { parseRestore } from '../../support/restores.ts';

const HEAD = `version: 1
kind: drill
name: orders
source: {project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders}
target: {project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill}
`;
const GOOD = `${HEAD}recoveryPoint: {latest: {}}\n`;

function fault(text: string): RunbookError {
  try {
    parseRunbook(text, 'drill.yaml');
  } catch (error) {
    if (error instanceof RunbookError) return error;
    throw error;
  }
  throw new Error('The runbook was accepted.');
}

function problems(text: string): readonly RunbookProblem[] {
  return fault(text).problems;
}

/** `line:column path: message`, the way a person compares them with the file. */
function lines(text: string): string[] {
  return problems(text).map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
}

describe('parseRunbook', () => {
  it('gives the runbook with its defaults, durations in seconds', () => {
    const runbook = parseRunbook(
      `${GOOD}objectives: {rto: 90m, rpo: 1.5 d}\ntimeouts: {job: 2w}\n`,
      'drill.yaml',
    );
    expect(runbook).toMatchObject({
      delivery: 'automated',
      objectives: { rto: 5400, rpo: 129_600 },
      guards: { protectedClusters: [], fallbackSnapshots: false, unknown: 'stop' },
      verification: { settle: 1800, alerts: true, events: true },
      timeouts: { snapshot: 14_400, restore: 43_200, job: 1_209_600 },
    });
  });

  it('reports every mistake at once, in the order of the file, each where it is', () => {
    const text = `version: 2
kind: dril
name: My Drill
rto: 1h
source:
  project: 5e2f1c0a9d3b7a4c8e6f0a01
  cluser: orders
recoveryPoint:
  latest:
    befor: 2026-08-10
delivery: download
objectives: {rto: 60, rpo: 1 day}
guards:
  allowedProjects: [x]
  unknown: contniue
target:
  project: 5e2f1c0a9d3b7a4c8e6f0a02
  cluster: orders-drill
`;
    expect(lines(text)).toEqual([
      '1:10 version: must be 1',
      '2:7 kind: must be one of drill, restore, cutover, pipeline, campaign: did you mean drill?',
      '3:7 name: is not a runbook name: small letters, digits and dashes, at most 63',
      '4:1 rto: is not a key here: it belongs under objectives (look at the indentation)',
      '5:1 source.cluster: is missing (cluster name as Atlas shows it)',
      '7:3 source.cluser: is not a key here: did you mean cluster?',
      '10:5 recoveryPoint.latest.befor: is not a key here: did you mean before?',
      '12:19 objectives.rto: must be text, such as 90s, not a number',
      expect.stringMatching(/^12:28 objectives\.rpo: is not a duration/),
      expect.stringMatching(/^14:21 guards\.allowedProjects\[0\]: is not a project id/),
      '15:12 guards.unknown: must be one of stop, continue: did you mean continue?',
      '16:1 target: must be left out when delivery is download: nothing is overwritten',
    ]);
  });

  it('is one readable error: not retryable, nothing called, file:line:column first', () => {
    const error = fault(GOOD.replace('kind: drill', 'kind: fire'));
    expect(error).toMatchObject({ name: 'RunbookError', retryable: false, file: 'drill.yaml' });
    expect(error.changed).toContain('Nothing was called');
    expect(error.message).toBe(
      'The runbook drill.yaml has a mistake:\n  drill.yaml:2:7: kind: must be one of drill, restore, cutover, pipeline, campaign',
    );
  });

  it.each([
    ['project: 5e2f1c0a9d3b7a4c8e6f0a01', 'project: 650000000000000000000001', '"650000000000000000000001"'],
    ['project: 5e2f1c0a9d3b7a4c8e6f0a01', 'project: 65000000000000000000e001', '"65000000000000000000e001"'],
    ['cluster: orders,', 'cluster: 123,', '"123"'],
    ['cluster: orders}', 'cluster: 0x10}', '"0x10"'],
    ['cluster: orders}', 'cluster: true}', '"true"'],
  ])('asks for quotes around what YAML takes for something else: %s → %s', (from, to, quoted) => {
    const text = GOOD.includes(from)
      ? GOOD.replace(from, to)
      : GOOD.replace(from.replace(',', '}'), to.replace(',', '}'));
    expect(lines(text)).toEqual([expect.stringContaining(`quote it, ${quoted}`)]);
  });

  it.each([
    ['', '1:1', 'is missing'],
    ['recoveryPoint:', '6:1', 'needs exactly one of'],
    ['recoveryPoint: latest', '6:16', 'as a key below it'],
    ['recoveryPoint: {}', '6:1', 'needs exactly one of'],
    ['recoveryPoint: {lastest: {}}', '6:17', 'did you mean latest?'],
    ['recoveryPoint: {latest: }', '6:17', 'is empty'],
    ['recoveryPoint: {latest: {}, fresh: {}}', '6:1', 'needs exactly one of.*; here are latest and fresh'],
    ['recoveryPoint: {latest: {}, fresh: }', '6:29', 'one alternative too many'],
    ['recoveryPoint: {latest: 1, fresh: 2}', '6:1', 'needs exactly one of'],
    ['recoveryPoint: {random: {within: 7d, seed: 1.5}}', '6:44', 'a whole number, not a fraction'],
    ['recoveryPoint: {fresh: {retentionDays: 0}}', '6:40', 'must be at least 1'],
    ['recoveryPoint: {latest: {before: yesterday}}', '6:34', 'is not an instant'],
  ])(
    'says of the recovery point what is wrong with it, not of all its alternatives: %s',
    (text, place, message) => {
      expect(lines(`${HEAD}${text}\n`)[0]).toMatch(new RegExp(`^${place} .*${message.replace('?', '\\?')}`));
    },
  );

  it.each([
    ['{utcSeconds: 1786330800, oplogIncrement: 1}', 'one alternative too many'],
    ['{oplogSeconds: 1786330800}', 'oplogIncrement: is missing'],
    ['{utcSecond: 1786330800}', 'did you mean utcSeconds?'],
    ['{utcSeconds: 1786330800000}', 'not milliseconds'],
    ['{utcSeconds: 1}', 'before 2008'],
    ['2026-08-10', 'needs either utcSeconds'],
  ])('says of a point in time what is wrong with it: %s', (point, message) => {
    const found = lines(`${HEAD}delivery: pointInTime\nrecoveryPoint: {pointInTime: ${point}}\n`);
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['delivery: pointInTime\nrecoveryPoint: {latest: {}}', 'recoveryPoint: must be a pointInTime'],
    ['recoveryPoint: {pointInTime: {utcSeconds: 1786330800}}', 'delivery: must be pointInTime'],
    ['delivery: download\nrecoveryPoint: {latest: {}}', 'target: must be left out'],
    ['recoveryPoint: {latest: {}}\nguards: {confirmErase: x}', 'guards.confirmErase: is not for drills'],
  ])('holds the rules between keys, also when the shape is wrong: %s', (rest, message) => {
    expect(lines(HEAD + rest)).toEqual([expect.stringContaining(message)]);
    const broken = lines(`${HEAD}${rest}\ncolour: blue\n`);
    expect(broken).toContainEqual(expect.stringContaining(message));
    expect(broken).toContainEqual(expect.stringContaining('colour: is not a key here'));
  });

  it('wants a target unless nothing is overwritten', () => {
    const bare = GOOD.replace(/^target.*\n/m, '');
    expect(lines(bare)).toEqual([expect.stringContaining('target: is missing: delivery automated needs')]);
    expect(parseRestore(`${bare}delivery: download\n`).target).toBeUndefined();
  });

  it.each([
    ['', '1:1', 'is empty'],
    ['# nothing but a comment\n', '1:1', 'is empty'],
    ['- a\n', '1:1', 'is not a map of keys'],
    ['hello', '1:1', 'is not a map of keys'],
    [`${GOOD}source: {}\n`, '7:1', 'the key source is written twice'],
    [`${GOOD}---\nversion: 1\n`, '7:1', 'a second document begins here'],
    ['source:\n\tproject: x\n', '2:1', 'a tab indents this line'],
    ['source: [1\n', '2:1', 'this is not YAML'],
    ['source: *nowhere\n', '1:9', 'the alias *nowhere has no anchor'],
    ['source: !secret x\n', '1:9', 'a runbook has no tags'],
    [`description: ${'x'.repeat(100_001)}`, '1:1', 'is larger than 100 KB'],
    ['['.repeat(50_000), '1:1', 'levels deep'],
    ['- '.repeat(50_000), '1:1', 'levels deep'],
    [`name: &n a\nguards: [${'*n, '.repeat(51)}]\n`, '2:210', 'more than 50 aliases'],
  ])('reports what is not YAML, or not harmless: %#', (text, place, message) => {
    expect(lines(text).join('\n')).toMatch(new RegExp(`^${place} .*${message.replace('*', '\\*')}`, 'm'));
  });

  it('stops aliases that multiply', () => {
    const bomb = 'a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n';
    expect(lines(bomb)).toEqual([expect.stringContaining('through aliases too often')]);
  });

  it('accepts an alias or two', () => {
    const text = GOOD.replace('5e2f1c0a9d3b7a4c8e6f0a01', '&p 5e2f1c0a9d3b7a4c8e6f0a01').replace(
      '5e2f1c0a9d3b7a4c8e6f0a02',
      '*p',
    );
    expect(parseRestore(text).target?.project).toBe('5e2f1c0a9d3b7a4c8e6f0a01');
  });

  it('keeps YAML 1.2 whatever a directive says', () => {
    const text = `%YAML 1.1\n---\n${GOOD.replace('name: orders', 'name: no')}`;
    expect(parseRunbook(text, 'a').name).toBe('no');
  });

  it('does not fill the screen with a file that is no runbook', () => {
    const text = Array.from({ length: 300 }, (_, index) => `key${index}: 1`).join('\n');
    const error = fault(text);
    expect(error.problems.length).toBeGreaterThan(300);
    expect(error.message.split('\n').length).toBeLessThan(60);
    expect(error.message).toMatch(/and \d+ more$/);
  });

  it('answers any text with a runbook or a RunbookError whose places are in the text', () => {
    const edit = fc.tuple(fc.nat(GOOD.length), fc.nat(12), fc.string({ maxLength: 8, unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const text = edits.reduce(
          (old, [at, drop, put]) => old.slice(0, at) + put + old.slice(at + drop),
          GOOD,
        );
        try {
          parseRunbook(text, 'fuzz.yaml');
        } catch (error) {
          if (!(error instanceof RunbookError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          const count = text.split('\n').length;
          for (const { line, column } of error.problems) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(count);
            expect(column).toBeGreaterThanOrEqual(1);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('tells of a key that is no word as of any other mistake, and warns nobody else', () => {
  const warn = vi.spyOn(process, 'emitWarning');
  expect(lines(`${GOOD}? {}\n: 1\n`)).toHaveLength(1);
  expect(lines(`${GOOD}? [a, b]\n: 1\n`)).toHaveLength(1);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
