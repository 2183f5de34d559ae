import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turns } from '../../../local/engine/turns.ts';

describe('turns', () => {
  it('never lets more go on at once than may, and lets each have its turn in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.record({ rounds: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), {
          maxLength: 40,
        }),
        async (atOnce, works) => {
          const inTurn = turns(atOnce);
          const begun: number[] = [];
          let [now, most] = [0, 0];
          const work = (nth: number, rounds: number, fails: boolean) => async () => {
            begun.push(nth);
            now += 1;
            most = Math.max(most, now);
            for (let round = 0; round < rounds; round += 1) await setImmediate();
            now -= 1;
            if (fails) throw new Error(`${nth}`);
            return nth;
          };
          const ended = await Promise.allSettled(
            works.map(({ rounds, fails }, nth) => inTurn(work(nth, rounds, fails))),
          );
          expect(begun).toEqual(works.map((_, nth) => nth));
          expect(most).toBe(Math.min(atOnce, works.length));
          expect(ended.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not let a failure keep the others from their turn', async () => {
    const inTurn = turns(1);
    const first = inTurn(() => Promise.reject(new Error('first')));
    const second = inTurn(() => Promise.resolve('second'));
    await expect(first).rejects.toThrow('first');
    await expect(second).resolves.toBe('second');
  });
});
