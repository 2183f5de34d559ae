import { seededRandom } from '../../core/random.ts';
import { FAULTS } from './faults.ts';
import { runsOf, type Reference, type Run } from './judge.ts';

/** Of the runs of a fault in a scenario, one of so many is a part of `npm test`, and at least one. */
const ONE_OF = 60;
/** What the sample is drawn with. */
const SEED = 6;

const KILLS = ['killed-before', 'killed-after'];

/**
 * Every kill that differs: after each effect, and before each that is seen outside of the history. To die before any other
 * effect is to die after the one before it, since nothing else outlives a process.
 */
export function killsOf(reference: Reference): Run[] {
  const kills = runsOf(
    reference,
    FAULTS.filter(({ name }) => KILLS.includes(name)),
  );
  return kills.filter(
    ({ fault, point }) => fault.name === 'killed-after' || point.number === 1 || point.kind !== 'write',
  );
}

/** A few runs of every other fault, drawn by the seed. */
export function sampleOf(reference: Reference): Run[] {
  const random = seededRandom(SEED);
  return FAULTS.filter(({ name }) => !KILLS.includes(name)).flatMap((fault) => {
    const runs = runsOf(reference, [fault]);
    const wanted = Math.min(runs.length, Math.ceil(runs.length / ONE_OF));
    return Array.from({ length: wanted }, () => runs[Math.floor(random.next() * runs.length)]!);
  });
}
