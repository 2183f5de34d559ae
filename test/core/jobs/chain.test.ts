import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, FIRST_PREVIOUS_HASH, sealEvent, verifyChain } from '../../../core/jobs/chain.ts';
import type { NewEvent, TimelineEvent } from '../../../core/jobs/timeline.ts';

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const newEvent: fc.Arbitrary<NewEvent> = fc.record(
  {
    at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    type: fc.stringMatching(/^[a-z-]{1,20}$/),
    message: fc.string({ unit: 'binary' }),
    data: fc.dictionary(fc.string(), scalar, { maxKeys: 5 }),
    once: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['at', 'type', 'message'] },
);
const timeline = (minLength: number) => fc.array(newEvent, { minLength, maxLength: 8 }).map(chainOf);

function chainOf(events: readonly NewEvent[], jobId = 'JOB'): TimelineEvent[] {
  const chain: TimelineEvent[] = [];
  for (const event of events) chain.push(sealEvent(jobId, event, chain.at(-1)));
  return chain;
}

/** The places inside an event where a text, number, boolean or null stands. */
function leaves(value: object, path: readonly string[] = []): string[][] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null ? leaves(member, [...path, key]) : [[...path, key]],
  );
}

/** A copy in which the value at a place is another one. */
function changedAt(
  event: TimelineEvent,
  path: readonly string[],
  change: (old: unknown) => unknown,
): TimelineEvent {
  const copy = structuredClone(event) as unknown as Record<string, unknown>;
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  holder[last] = change(holder[last]);
  return copy as unknown as TimelineEvent;
}

/** Another value: for a text one with a single byte changed, added or taken away. */
function otherThan(old: unknown, nth: number): unknown {
  if (typeof old !== 'string') return typeof old === 'number' ? (old === 0 ? 1 : -old) : `${String(old)}!`;
  if (old === '') return '.';
  const at = nth % old.length;
  const replaced = `${old.slice(0, at)}${old[at] === 'x' ? 'y' : 'x'}${old.slice(at + 1)}`;
  return [replaced, `${old} `, old.slice(0, -1)][nth % 3];
}

describe('canonicalJson', () => {
  it('sorts keys by code unit at every depth and leaves undefined out', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], a: undefined, É: 'é', A: '\u2028"' })).toBe(
      '{"A":"\u2028\\"","b":[{"a":null,"z":1}],"É":"é"}',
    );
  });

  it('does not depend on the order in which keys were set, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), scalar), (record) => {
        const backwards = Object.fromEntries(Object.entries(record).reverse());
        expect(canonicalJson(backwards)).toBe(canonicalJson(record));
        expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
  });

  it.each([NaN, Infinity, 1n, () => 1, Symbol('s'), undefined])('refuses %s', (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError);
  });
});

describe('sealEvent', () => {
  const event = { at: '2026-08-10T12:00:00.000Z', type: 'job-opened', message: 'Opened.' };

  it('begins the chain with zeros and the sequence with 1', () => {
    const text =
      '{"at":"2026-08-10T12:00:00.000Z","jobId":"JOB","message":"Opened.",' +
      `"previousHash":"${FIRST_PREVIOUS_HASH}","sequence":1,"type":"job-opened"}`;
    expect(sealEvent('JOB', event, undefined)).toEqual({
      ...event,
      jobId: 'JOB',
      sequence: 1,
      previousHash: '0'.repeat(64),
      hash: createHash('sha256').update(text).digest('hex'),
    });
  });

  it('links to the event before', () => {
    const first = sealEvent('JOB', event, undefined);
    expect(sealEvent('JOB', event, first)).toMatchObject({ sequence: 2, previousHash: first.hash });
  });
});

describe('verifyChain', () => {
  it('accepts what was sealed, also after a way through JSON', () => {
    fc.assert(
      fc.property(timeline(0), (chain) => {
        const read = JSON.parse(JSON.stringify(chain)) as TimelineEvent[];
        const lastHash = chain.at(-1)?.hash ?? FIRST_PREVIOUS_HASH;
        expect(verifyChain(read)).toEqual({ ok: true, count: chain.length, lastHash });
      }),
    );
  });

  it('sees any change of any field of any event', () => {
    fc.assert(
      fc.property(timeline(1), fc.nat(), fc.nat(), fc.nat(), (chain, which, where, how) => {
        const index = which % chain.length;
        const places = leaves(chain[index]!);
        const place = places[where % places.length]!;
        const forged = chain.with(
          index,
          changedAt(chain[index]!, place, (old) => otherThan(old, how)),
        );
        expect(verifyChain(forged).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('sees a field that was added or taken away', () => {
    fc.assert(
      fc.property(timeline(1), fc.nat(), fc.nat(), (chain, which, where) => {
        const index = which % chain.length;
        const event = chain[index]!;
        const fields = Object.entries(event);
        const less: unknown = Object.fromEntries(fields.toSpliced(where % fields.length, 1));
        expect(verifyChain(chain.with(index, { ...event, added: 1 } as TimelineEvent)).ok).toBe(false);
        expect(verifyChain(chain.with(index, less as TimelineEvent)).ok).toBe(false);
      }),
    );
  });

  it('sees an event taken out before the end, whoever renumbers the rest', () => {
    fc.assert(
      fc.property(timeline(2), fc.nat(), (chain, which) => {
        const index = which % (chain.length - 1);
        const cut = chain.toSpliced(index, 1);
        const renumbered = cut.map((event, at) => ({ ...event, sequence: at + 1 }));
        expect(verifyChain(cut)).toMatchObject({ ok: false, sequence: index + 1 });
        expect(verifyChain(renumbered).ok).toBe(false);
      }),
    );
  });

  it('sees two events that changed places', () => {
    fc.assert(
      fc.property(timeline(2), fc.nat(), fc.nat(), (chain, one, other) => {
        const left = one % chain.length;
        const right = other % chain.length;
        fc.pre(left !== right);
        const swapped = chain.with(left, chain[right]!).with(right, chain[left]!);
        expect(verifyChain(swapped)).toMatchObject({ ok: false, sequence: Math.min(left, right) + 1 });
      }),
    );
  });

  it.each([
    ['gap', (chain: TimelineEvent[]) => chain.toSpliced(1, 1), 2, 'Event 2 is missing'],
    ['wrong order', (chain: TimelineEvent[]) => [chain[0]!, chain[0]!], 2, 'the order was changed'],
    [
      'changed content',
      (chain: TimelineEvent[]) => chain.with(1, { ...chain[1]!, message: 'no' }),
      2,
      'was changed',
    ],
    [
      'foreign event',
      (chain: TimelineEvent[]) => chain.with(2, chainOf([...chain], 'OTHER')[2]!),
      3,
      'job OTHER',
    ],
    [
      'another past',
      (chain: TimelineEvent[]) => chain.with(0, chainOf([chain[1]!])[0]!),
      2,
      'hash of the event before',
    ],
  ])('says what is wrong: %s', (_name, forge, sequence, reason) => {
    const chain = chainOf(['a', 'b', 'c'].map((type) => ({ at: 'now', type, message: type })));
    const verdict = verifyChain(forge(chain));
    expect(verdict).toMatchObject({ ok: false, sequence });
    expect(verdict).toHaveProperty('reason', expect.stringContaining(reason));
  });
});
