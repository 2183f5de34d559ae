import fc from 'fast-check';
import { resolve, type Schema } from './document.ts';

/** How far generated values stray from a schema, as Atlas does. */
export interface Liberties {
  /** Words that no enum lists, and fields that no object lists. */
  readonly news: boolean;
  /** Fields of the outermost object that are always there, whether the schema requires them or not. */
  readonly always: readonly string[];
  /** How deep objects may hold objects: some schemas hold themselves. */
  readonly depth: number;
}

const STRICT: Liberties = { news: false, always: [], depth: 7 };

/** Values that a schema allows: of MongoDB's document (OpenAPI 3.0), or of ours (JSON Schema). */
export function valuesOf(schema: Schema, wanted: Partial<Liberties> = {}): fc.Arbitrary<unknown> {
  const whole = resolve(schema);
  const liberties = { ...STRICT, ...wanted };
  const value = ofKind(whole, liberties);
  return whole.nullable === true ? fc.option(value, { nil: null }) : value;
}

function ofKind(schema: Schema, liberties: Liberties): fc.Arbitrary<unknown> {
  if (schema.discriminator !== undefined) return ofDiscriminator(schema, schema.discriminator, liberties);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((one) => valuesOf(one, liberties)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) {
    const listed = fc.constantFrom(...schema.enum);
    const isNew = liberties.news && schema.enum.every((one) => typeof one === 'string');
    return isNew ? fc.oneof(listed, fc.constant('NEW_WORD')) : listed;
  }
  switch (schema.type) {
    case 'string':
      return strings(schema);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return integers(schema);
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one));
    case 'array':
      return arrays(schema, within(liberties));
    case 'object':
      return objects(flat(schema), liberties);
    default:
      return schema.properties || schema.allOf ? objects(flat(schema), liberties) : fc.jsonValue();
  }
}

/** One of the kinds that a discriminator names; with news also a kind that it does not name. */
function ofDiscriminator(
  base: Schema,
  { propertyName, mapping }: NonNullable<Schema['discriminator']>,
  liberties: Liberties,
): fc.Arbitrary<unknown> {
  const kinds = Object.entries(mapping).map(([value, $ref]) => {
    const kind = flat(resolve<Schema>({ $ref }));
    const properties = { ...kind.properties, [propertyName]: { const: value } };
    const required = [...(kind.required ?? []), propertyName];
    return objects({ ...kind, properties, required }, liberties);
  });
  const other = { ...flat(base).properties, [propertyName]: { const: 'NEW_KIND' } };
  const unknown = objects({ ...flat(base), properties: other }, liberties);
  return liberties.news ? fc.oneof(...kinds, unknown) : fc.oneof(...kinds);
}

/** A schema with what it extends; a base that is a choice among its children counts with its own fields alone. */
function flat(schema: Schema): Schema {
  const parts = (schema.allOf ?? []).map((part) => flat(resolve(part)));
  return {
    ...schema,
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties) as Record<
      string,
      Schema
    >,
    required: [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])],
  };
}

function within(liberties: Liberties): Liberties {
  return { ...liberties, always: [], depth: liberties.depth - 1 };
}

function objects(schema: Schema, liberties: Liberties): fc.Arbitrary<unknown> {
  const inner = within(liberties);
  const { properties = {}, additionalProperties } = schema;
  const listed = Object.entries(properties).filter(
    ([name]) => liberties.depth > 0 || schema.required?.includes(name) === true,
  );
  const fields = Object.fromEntries(listed.map(([name, field]) => [name, valuesOf(field, inner)]));
  const requiredKeys = [...new Set([...(schema.required ?? []), ...liberties.always])].filter(
    (name) => name in fields,
  );
  const known = fc.record(fields, { requiredKeys, noNullPrototype: true });
  const more = extraFields(properties, additionalProperties, inner);
  return more === undefined
    ? known
    : fc.tuple(more, known).map((both) => Object.assign({}, ...both) as object);
}

function extraFields(
  properties: object,
  additional: Schema['additionalProperties'],
  inner: Liberties,
): fc.Arbitrary<object> | undefined {
  if (typeof additional === 'object') {
    const name = fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => !(one in properties));
    const value = Object.keys(additional).length === 0 ? fc.jsonValue() : valuesOf(additional, inner);
    return fc.dictionary(name, value, { maxKeys: 2, noNullPrototype: true });
  }
  return inner.news ? fc.constantFrom({}, { brandNewField: { a: [1, null] } }) : undefined;
}

function arrays({ items = {}, minItems, maxItems, uniqueItems }: Schema, inner: Liberties) {
  const limits = { minLength: minItems ?? 0, maxLength: Math.min(maxItems ?? 3, (minItems ?? 0) + 3) };
  const item = valuesOf(items, inner);
  return uniqueItems === true
    ? fc.uniqueArray(item, { ...limits, selector: (one) => JSON.stringify(one) })
    : fc.array(item, limits);
}

function integers({ minimum, maximum, format }: Schema): fc.Arbitrary<number> {
  const most = format === 'int32' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  return fc.maxSafeInteger().map((one) => {
    const from = Math.max(minimum ?? -most, -most);
    const to = Math.min(maximum ?? most, most);
    return from + (Math.abs(one) % Math.min(to - from + 1, 2 ** 31));
  });
}

const matched = new Map<string, fc.Arbitrary<string>>();

function strings(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength } = schema;
  if (format === 'date-time') return instants();
  if (format === 'email') return fc.emailAddress();
  if (format === 'uuid') return fc.uuid();
  if (format === 'duration') return durations();
  if (pattern !== undefined) {
    // Trying shapes takes time, and many fields share a pattern.
    const key = `${pattern} ${minLength} ${maxLength ?? ''}`;
    const known = matched.get(key) ?? matching(pattern, schema);
    matched.set(key, known);
    return known;
  }
  return fc.string({ minLength, ...(maxLength !== undefined && { maxLength }) });
}

/** Of the time of Atlas: an earlier instant is read as none. */
function instants(): fc.Arbitrary<string> {
  const date = fc.date({ min: new Date('2000-01-02'), max: new Date('2099-01-01'), noInvalidDate: true });
  const ends = fc.constantFrom('Z', '+02:00', '-11:30', '.5Z');
  return fc.tuple(date, ends).map(([one, end]) => one.toISOString().slice(0, 19) + end);
}

function durations(): fc.Arbitrary<string> {
  return fc.constantFrom('PT1M', 'PT5M', 'PT1H', 'P1D', 'PT10H', 'P1DT12H');
}

/** Not every pattern can be turned into texts; those that can't be are tried on texts of some common shapes. */
function matching(pattern: string, { example, minLength = 0, maxLength = 10_000 }: Schema) {
  const regExp = tolerant(pattern);
  const fits = (text: string) => regExp.test(text) && text.length >= minLength && text.length <= maxLength;
  const shapes = [
    () => fc.stringMatching(regExp),
    () => fc.constant(String(example)),
    () => fc.stringMatching(/^[A-Za-z0-9 -]{1,20}$/),
    () => fc.ipV4(),
    () => fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
    () => fc.constant('CN=Bind,DC=example,DC=com'),
    () => fc.constant('2125551234'),
  ];
  for (const shape of shapes) {
    try {
      const texts = shape();
      if (fc.sample(texts, { numRuns: 20, seed: 1 }).some(fits)) return texts.filter(fits);
    } catch {
      // A construct that fast-check does not know.
    }
  }
  throw new Error(`No text is known to match ${pattern}.`);
}

/** Some patterns need the `u` flag and some are not valid with it. */
function tolerant(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
