import { seededRandom } from '../../core/random.ts';
import { FAULTS, type Fault } from './faults.ts';
import { runsOf, type Reference, type Run } from './judge.ts';

/** Of the runs of a fault in a scenario, one of so many is a part of `npm test`, and at least one. */
const ONE_OF = 60;
/** What the sample is drawn with. */
const SEED = 6;

/** Runs that broke something once: a task and its effect, under a fault, in any scenario. */
const BROKE_ONCE = [
  // An earlier delivery wrote over what Atlas had been asked for since.
  { fault: 'overtaken', task: 'ChooseRecoveryPoint', effect: 'save' },
  // Writes stayed stopped, and nothing told so.
  { fault: 'lease-lapsed', task: 'RunResumeSteps', effect: 'takeLease' },
];

/** Whether a fault is the death of a process. */
export function isKill({ name }: Fault): boolean {
  return name === 'killed-before' || name === 'killed-after';
}

/**
 * Every kill that differs: after each effect, and before each that is seen outside of the history. To die before any other
 * effect is to die after the one before it, since nothing else outlives a process.
 */
export function killsOf(reference: Reference): Run[] {
  const kills = runsOf(reference, FAULTS.filter(isKill));
  return kills.filter(
    ({ fault, point }) => fault.name === 'killed-after' || point.number === 1 || point.kind !== 'write',
  );
}

/** A few runs of every other fault, drawn by the seed, and those that broke something once. */
export function sampleOf(reference: Reference): Run[] {
  const random = seededRandom(SEED);
  return FAULTS.filter((fault) => !isKill(fault)).flatMap((fault) => {
    const runs = runsOf(reference, [fault]);
    const wanted = Math.min(runs.length, Math.ceil(runs.length / ONE_OF));
    const drawn = Array.from({ length: wanted }, () => runs[Math.floor(random.next() * runs.length)]!);
    return [...new Set([...drawn, ...runs.filter(brokeOnce)])];
  });
}

function brokeOnce({ fault, point }: Run): boolean {
  return BROKE_ONCE.some(
    (one) => one.fault === fault.name && one.task === point.task && one.effect === point.name,
  );
}
