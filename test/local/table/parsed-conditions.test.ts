import fc from 'fast-check';
import conditions, { type Asked, type ConditionParser } from 'dynalite/db/conditionParser.js';
import { describe, expect, it, vi } from 'vitest';
import { parseOnce } from '../../../local/table/parsed-conditions.ts';

type Parse = ConditionParser['parse'];

/** dynalite's own: nothing here opens a table, which would replace it. */
const read = conditions.parse;

const TEXTS = [
  'attribute_not_exists(#one)',
  '#one = :one',
  '#one < :one OR (#two = :two AND attribute_not_exists(#one)) OR (#two <> :two AND attribute_exists(#one))',
  'begins_with(#one, :one) AND size(#two) >= :two',
  'NOT contains(#one, :one) AND #two IN (:one, :two)',
  '#one BETWEEN :one AND :two',
  'attribute_type(#one, :one)',
  // Each wrong in its own way.
  '((#one = :one))',
  'status = :one',
  '#one = :three',
  'no_function(#one)',
  '#one = ',
];

const value = fc.oneof(
  fc.record({ S: fc.constantFrom('a', 'b', 'S', 'N') }),
  fc.record({ N: fc.constantFrom('1', '2', '10') }),
  fc.record({ BOOL: fc.boolean() }),
);

interface Request {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, object>>;
}

const request: fc.Arbitrary<Request> = fc.record({
  text: fc.constantFrom(...TEXTS),
  names: fc.record({ '#one': fc.constantFrom('pk', 'owner'), '#two': fc.constantFrom('pk', 'version') }),
  values: fc.record({ ':one': value, ':two': value }),
});

/** What comes of a request: what is read or thrown, and what is left unused. */
function outcome(parse: Parse, { text, names, values }: Request) {
  const allOf = (given: object) =>
    Object.fromEntries(Object.keys(given).map((name) => [name, true as const]));
  const context: Asked = {
    ...{ attrNames: names, attrVals: structuredClone(values) },
    ...{ unusedAttrNames: allOf(names), unusedAttrVals: allOf(values) },
    isReserved: (name) => name === 'status',
    compare: (_, one, other) => JSON.stringify(one) > JSON.stringify(other),
  };
  const left = [context.unusedAttrNames, context.unusedAttrVals];
  try {
    return { read: parse(text, { context }), left };
  } catch (error) {
    return { thrown: (error as Error).message, left };
  }
}

function argsOf(given: ReturnType<Parse> | undefined): readonly unknown[] {
  return typeof given === 'object' ? given.expression.args : [];
}

describe('a condition that is read once', () => {
  it('means what it means when it is read each time', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 40 }), (requests) => {
        const parse = parseOnce(read);
        for (const one of requests) {
          expect(JSON.stringify(outcome(parse, one))).toBe(JSON.stringify(outcome(read, one)));
        }
      }),
    );
  });

  const asked = { text: TEXTS[2]!, names: { '#one': 'expiresAtMs', '#two': 'owner' } };

  it('is not read again for other values', () => {
    const reading = vi.fn(read);
    const parse = parseOnce(reading);
    for (const owner of ['a', 'b', 'c'])
      outcome(parse, { ...asked, values: { ':one': { N: '1' }, ':two': { S: owner } } });
    expect(reading).toHaveBeenCalledTimes(1);
  });

  it('is not changed by what is done to an earlier one', () => {
    const parse = parseOnce(read);
    const values = { ':one': { N: '1' }, ':two': { S: 'a' } };
    const [first, second, third] = [1, 2, 3].map(() => outcome(parse, { ...asked, values }).read);
    // dynalite turns the operands of a key condition around in place.
    for (const given of [first, second]) Reflect.set(argsOf(given), 0, 'gone');
    expect(third).toEqual(outcome(read, { ...asked, values }).read);
    expect(outcome(parse, { ...asked, values }).read).toEqual(third);
  });
});
