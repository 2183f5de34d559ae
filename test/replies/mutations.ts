import { readdirSync, readFileSync } from 'node:fs';

/** A change of one value in the body of a reply. */
export interface Mutation {
  /** Keys from the body to the value, the index of a list's item among them; empty for the body itself. */
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** The new value; `undefined` takes the field out. */
  readonly to: (value: unknown) => unknown;
}

const to =
  (value: unknown): Mutation['to'] =>
  () =>
    value;

/** Longer than an item of DynamoDB may be. */
const LONG = 'x'.repeat(450_000);

/** What may stand in the place of any value. */
const ANY = {
  missing: to(undefined),
  null: to(null),
  empty: (value) => (typeof value === 'string' ? '' : Array.isArray(value) ? [] : {}),
  number: to(7),
  text: to('NEW_WORD'),
  boolean: (value) => (typeof value === 'boolean' ? String(value) : true),
  list: (value) => (Array.isArray(value) ? { 0: value } : [value]),
} satisfies Readonly<Record<string, Mutation['to']>>;

const STRINGS: Readonly<Record<string, Mutation['to']>> = {
  long: (value) => `${String(value)}${LONG}`,
  'lower case': (value) => String(value).toLowerCase(),
};

const NUMBERS: Readonly<Record<string, Mutation['to']>> = {
  'numeric text': String,
  zero: to(0),
  negative: to(-1),
  huge: to(1e300),
  fraction: (value) => Number(value) + 0.5,
};

const INSTANTS: Readonly<Record<string, Mutation['to']>> = {
  'not an instant': to('yesterday'),
  'year 1': to('0001-01-01T00:00:00Z'),
  epoch: to('1970-01-01T00:00:00Z'),
  'year 2100': to('2100-01-01T00:00:00Z'),
  'year 9999': to('9999-12-31T23:59:59Z'),
  seconds: (value) => Date.parse(String(value)) / 1000,
};

const LISTS: Readonly<Record<string, Mutation['to']>> = {
  reversed: (value) => [...(value as unknown[])].reverse(),
  doubled: (value) => [...(value as unknown[]), ...(value as unknown[])],
  longer: (value) => [...(value as unknown[]), ...moreLike((value as unknown[])[0])],
  'with null': (value) => [...(value as unknown[]), null],
};

/** More items than a page holds, each with an id of its own. */
function moreLike(item: unknown): unknown[] {
  if (typeof item !== 'object' || item === null) return [];
  return Array.from({ length: 600 }, (_, index) =>
    'id' in item ? { ...item, id: (index + 1).toString(16).padStart(24, 'e') } : { ...item },
  );
}

/** What the client says that it reads. The schemas carry other fields along, but no code can name them. */
const SCHEMAS = wordsOf(new URL('../../core/atlas/resources/', import.meta.url), ['../pages.ts']);

function wordsOf(folder: URL, more: readonly string[]): Set<string> {
  const files = [...readdirSync(folder), ...more].map((name) => new URL(name, folder));
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/\w+/g) ?? []));
}

/** Every mutation of a body, a list's first item standing for all of them. A field that nobody reads is only taken out. */
export function mutationsOf(value: unknown, path: Mutation['path'] = []): Mutation[] {
  const at = (choices: Readonly<Record<string, Mutation['to']>>): Mutation[] =>
    Object.entries(choices).map(([name, change]) => ({ path, name, to: change }));
  const field = path.at(-1);
  if (typeof field === 'string' && !SCHEMAS.has(field)) return at({ missing: ANY.missing });
  const own = [
    ...at(ANY),
    ...(typeof value === 'string' ? at(STRINGS) : []),
    ...(typeof value === 'number' ? at(NUMBERS) : []),
    ...(typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? at(INSTANTS) : []),
    ...(Array.isArray(value) ? at(LISTS) : []),
  ];
  if (Array.isArray(value)) return [...own, ...(value.length > 0 ? mutationsOf(value[0], [...path, 0]) : [])];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, one]) => mutationsOf(one, [...path, name]))];
}

/** Where the texts of a body are, a list's first item standing for all of them. */
export function textsIn(value: unknown, path: Mutation['path'] = []): Mutation['path'][] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.length > 0 ? textsIn(value[0], [...path, 0]) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    SCHEMAS.has(name) ? textsIn(field, [...path, name]) : [],
  );
}

/** A copy of a body with the mutation made, in every item of a list; the body as it is where it has no such place. */
export function mutate(body: unknown, { path, to: change }: Pick<Mutation, 'path' | 'to'>): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(body);
  if (typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body.map((item: unknown) => mutate(item, { path: rest, to: change }));
  if (!(key in body)) return body;
  return { ...body, [key]: mutate((body as Record<string, unknown>)[key], { path: rest, to: change }) };
}
