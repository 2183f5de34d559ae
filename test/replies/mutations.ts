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

/** What may stand in the place of any value. */
const ANY: Readonly<Record<string, Mutation['to']>> = {
  missing: to(undefined),
  null: to(null),
  empty: (value) => (typeof value === 'string' ? '' : Array.isArray(value) ? [] : {}),
  number: to(7),
  text: to('NEW_WORD'),
  boolean: (value) => (typeof value === 'boolean' ? String(value) : true),
};

const INSTANTS: Readonly<Record<string, Mutation['to']>> = {
  'not an instant': to('yesterday'),
  'year 1': to('0001-01-01T00:00:00Z'),
  epoch: to('1970-01-01T00:00:00Z'),
  'year 9999': to('9999-12-31T23:59:59Z'),
};

const LISTS: Readonly<Record<string, Mutation['to']>> = {
  reversed: (value) => [...(value as unknown[])].reverse(),
  doubled: (value) => [...(value as unknown[]), ...(value as unknown[])],
  'with null': (value) => [...(value as unknown[]), null],
};

/** Fields that nobody reads: links and what pages are counted by. */
const UNREAD = new Set(['links', 'totalCount']);

/** Every mutation of a body, a list's first item standing for all of them. */
export function mutationsOf(value: unknown, path: Mutation['path'] = []): Mutation[] {
  const at = (choices: Readonly<Record<string, Mutation['to']>>): Mutation[] =>
    Object.entries(choices).map(([name, change]) => ({ path, name, to: change }));
  const own = [
    ...at(ANY),
    ...(typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? at(INSTANTS) : []),
    ...(Array.isArray(value) ? at(LISTS) : []),
  ];
  if (Array.isArray(value)) return [...own, ...(value.length > 0 ? mutationsOf(value[0], [...path, 0]) : [])];
  if (typeof value !== 'object' || value === null) return own;
  const fields = Object.entries(value).filter(([name]) => !UNREAD.has(name));
  return [...own, ...fields.flatMap(([name, field]) => mutationsOf(field, [...path, name]))];
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
