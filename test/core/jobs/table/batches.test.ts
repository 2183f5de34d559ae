import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../../core/jobs/table/batches.ts';

/** A write that the test lets end, and what was written so far. */
function controlled() {
  const written: (readonly number[])[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const write = (values: readonly number[]) => {
    written.push([...values]);
    return new Promise<number>((resolve, reject) => {
      ends.push((error) => {
        if (error === undefined) resolve(values.length);
        else reject(error);
      });
    });
  };
  return { written, ends, write };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('inBatches', () => {
  it('lets one write go on at a time and the rest wait together', async () => {
    const { written, ends, write } = controlled();
    const hand = inBatches<number, number>();
    const first = hand('a', 1, write);
    await settle();
    const others = [hand('a', 2, write), hand('a', 3, write)];
    await settle();
    expect(written).toEqual([[1]]);
    ends[0]!();
    expect(await first).toBe(1);
    await settle();
    expect(written).toEqual([[1], [2, 3]]);
    ends[1]!();
    expect(await Promise.all(others)).toEqual([2, 2]);
  });

  it('keeps keys apart', async () => {
    const { written, ends, write } = controlled();
    const hand = inBatches<number, number>();
    const both = [hand('a', 1, write), hand('b', 2, write)];
    await settle();
    expect(written).toEqual([[1], [2]]);
    for (const end of ends) end();
    await Promise.all(both);
  });

  it('tells a failure to those whose it was, and goes on', async () => {
    const { ends, write } = controlled();
    const hand = inBatches<number, number>();
    const failing = expect(hand('a', 1, write)).rejects.toThrow('full');
    await settle();
    const next = hand('a', 2, write);
    ends[0]!(new Error('full'));
    await failing;
    await settle();
    ends[1]!();
    expect(await next).toBe(1);
  });
});
