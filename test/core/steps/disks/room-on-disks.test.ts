import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomOn, usedOn, type PartitionFacts } from '../../../../core/steps/disks/room-on-disks.ts';

const GiB = 1024 ** 3;
const disk = (process: string, free?: number, used?: number): PartitionFacts => ({
  process,
  partition: 'data',
  ...(free !== undefined && { free: free * GiB }),
  ...(used !== undefined && { used: used * GiB }),
});

describe('roomOn', () => {
  it('counts what a restore erases as room, unless told not to', () => {
    const disks = [[disk('a:27017', 22, 18), disk('b:27017', 22, 18)]];
    expect(roomOn(disks, 'total')).toEqual({ bytes: 40 * GiB, tightest: 'a:27017 data' });
    expect(roomOn(disks, 'free')).toEqual({ bytes: 22 * GiB, tightest: 'a:27017 data' });
  });

  it('has no more room on a shard than its smallest member has', () => {
    const disks = [[disk('a:27017', 22, 18), disk('b:27017', 2, 8), disk('c:27017', 22, 18)]];
    expect(roomOn(disks, 'total')).toEqual({ bytes: 10 * GiB, tightest: 'b:27017 data' });
  });

  it('adds up the shards', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }), (sizes) => {
        const disks = sizes.map((size, index) => [
          disk(`a${index}:27017`, size, 1),
          disk(`b${index}:27017`, size, 1),
        ]);
        const expected = sizes.reduce((sum, size) => sum + size + 1, 0);
        expect(roomOn(disks, 'total')).toMatchObject({ bytes: expected * GiB });
      }),
    );
  });

  it('says which partitions are not measured rather than guess', () => {
    const disks = [[disk('a:27017', 22, 18), disk('b:27017'), disk('c:27017', 22)]];
    expect(roomOn(disks, 'total')).toEqual({ unmeasured: ['b:27017 data', 'c:27017 data'] });
    expect(roomOn(disks, 'free')).toEqual({ unmeasured: ['b:27017 data'] });
  });
});

describe('usedOn', () => {
  it('adds up the fullest member of each shard', () => {
    const shards = [[disk('a:27017', 1, 5), disk('b:27017', 1, 6)], [disk('c:27017', 1, 7)]];
    expect(usedOn(shards)).toBe(13 * GiB);
  });

  it('is unknown where a member, a shard or everything is not measured', () => {
    expect(usedOn([[disk('a:27017', 1, 5), disk('b:27017', 1)]])).toBeUndefined();
    expect(usedOn([[disk('a:27017', 1, 5)], []])).toBeUndefined();
    expect(usedOn([])).toBeUndefined();
  });
});
