/** Randomness, handed in, so that what was drawn can be drawn again from its seed. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/**
 * A small generator (mulberry32) that gives the same numbers for the same seed on every machine.
 * It chooses recovery points and jitter; it is not for secrets.
 *
 * @param seed an unsigned 32-bit integer; other numbers are folded into that range.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
