import { describe, expect, it } from 'vitest';
import { sizeClassOf } from '../../../core/jobs/durations-store.ts';

const GIB = 2 ** 30;

describe('sizeClassOf', () => {
  it.each([
    [0, 0],
    [GIB, 0],
    [GIB + 1, 1],
    [4 * GIB, 1],
    [100 * GIB, 4],
    [4096 * GIB, 6],
  ])('puts %i bytes into class %i', (bytes, sizeClass) => {
    expect(sizeClassOf(bytes)).toBe(sizeClass);
  });

  it('knows no class for a size that is not known', () => {
    for (const bytes of [undefined, Number.NaN, Infinity, -1]) expect(sizeClassOf(bytes)).toBeNull();
  });
});
