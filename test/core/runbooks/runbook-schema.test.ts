import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { runbookJsonSchema } from '../../../scripts/generate/runbook-schema.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const readBeside = (path: string) => read(`examples/${path}`);
const committed = read(runbookJsonSchema.path);
const examples = readdirSync(new URL('examples/', root)).filter((file) => file.endsWith('.yaml'));

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(committed) as object);

describe('schemas/runbook.schema.json', () => {
  it('is the one that the code generates', () => {
    expect(committed).toBe(runbookJsonSchema.content());
  });

  it('accepts its own example, and so does the parser', () => {
    const { examples: own } = JSON.parse(committed) as { examples: unknown[] };
    for (const example of own) {
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
      expect(() => parseRunbook(JSON.stringify(example), 'example')).not.toThrow();
    }
  });

  it('describes every key that a user may write', () => {
    expect(undescribed(JSON.parse(committed), '')).toEqual([]);
  });

  it.each([
    [{ kind: 'drlll' }],
    [{ colour: 'blue' }],
    [{ recoveryPoint: { latest: {}, fresh: {} } }],
    [{ recoveryPoint: { random: { within: 'a week' } } }],
    [{ recoveryPoint: { latest: { before: 'yesterday' } } }],
    [{ objectives: { rto: 60 } }],
    [{ objectives: { rto: '0s' } }],
    [{ ready: [{ name: 'alerts', use: 'allerts', with: { types: ['NO_PRIMARY'] } }] }],
    [{ cleanup: [{ name: 'alerts', use: 'alerts', with: { types: ['NO_PRIMARY'] } }] }],
    [{ ready: [{ name: 'alerts', use: 'alerts', with: { kinds: ['NO_PRIMARY'] } }] }],
    [{ ready: [{ use: 'alerts', with: { types: ['NO_PRIMARY'] } }] }],
    [{ ready: [{ name: 'alerts', use: 'alerts', with: { types: ['NO_PRIMARY'] }, confirm: 'x' }] }],
  ])('refuses what the parser refuses: %j', (wrong) => {
    const example = { ...(parse(read('examples/drill.yaml')) as object), ...wrong };
    expect(validate(example)).toBe(false);
    expect(() => parseRunbook(JSON.stringify(example), 'example')).toThrow();
  });
});

describe('the examples', () => {
  it.each(examples)('%s is a runbook, to the parser and to an editor', (file) => {
    const text = read(`examples/${file}`);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/runbook.schema.json');
    expect(() => parseRunbook(text, file, readBeside)).not.toThrow();
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('cover every way to choose a recovery point but the one that needs an id, and every delivery', () => {
    const runbooks = examples.map((file) => parseRunbook(read(`examples/${file}`), file, readBeside));
    const restores = runbooks.filter(
      (one) => one.kind !== 'cutover' && one.kind !== 'pipeline' && one.kind !== 'campaign',
    );
    const selectors = new Set(restores.flatMap(({ recoveryPoint }) => Object.keys(recoveryPoint)));
    expect([...selectors].sort()).toEqual(['fresh', 'latest', 'pointInTime', 'random']);
    expect(new Set(restores.map(({ delivery }) => delivery)).size).toBe(3);
    expect(new Set(runbooks.map(({ name }) => name)).size).toBe(runbooks.length);
  });
});

/** Paths of the properties without a description, however deep. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    anyOf = [],
    oneOf = [],
    items,
  } = schema as {
    properties?: Record<string, unknown>;
    anyOf?: unknown[];
    oneOf?: unknown[];
    items?: unknown;
  };
  const here = Object.entries(properties).flatMap(([key, property]) => {
    const described = typeof property === 'object' && property !== null && 'description' in property;
    return [...(described ? [] : [`${path}${key}`]), ...undescribed(property, `${path}${key}.`)];
  });
  const branches = [...anyOf, ...oneOf].flatMap((branch) => undescribed(branch, path));
  return [...here, ...branches, ...undescribed(items, `${path}[].`)];
}
