import { seededRandom } from '../../core/random.ts';
import type { Series } from './series.ts';

/** Makes other durations of recorded ones, in seconds: a change that the constants were not chosen on. */
export interface Bend {
  readonly name: string;
  readonly bend: (durations: readonly number[]) => number[];
}

/** Seconds: what takes longer than this belongs to the bad day that is recorded, and bends have one of their own. */
const USUAL = 500;

/** What may become of a class: it changes its size, its pace, its habits, or has a day on which all goes wrong. */
export const BENDS: readonly Bend[] = [
  { name: 'in another order', bend: shuffled },
  { name: 'ten times as long', bend: (durations) => durations.map((seconds) => seconds * 10) },
  { name: 'slower, to twice as long at the end', bend: (durations) => paced(durations, 1, 2) },
  { name: 'faster, to half as long at the end', bend: (durations) => paced(durations, 1, 0.5) },
  { name: 'every other one three times as long', bend: twoHabits },
  { name: 'a day when all took thirty times as long', bend: badDay },
];

/** The usual durations of every series, bent. */
export function bent(all: readonly Series[], { bend }: Bend): Series[] {
  return all.map((series) => ({
    ...series,
    durations: bend(series.durations.filter((seconds) => seconds < USUAL)),
  }));
}

function shuffled(durations: readonly number[]): number[] {
  const random = seededRandom(1);
  const drawn = durations.map((seconds) => ({ seconds, place: random.next() }));
  return drawn.sort((one, other) => one.place - other.place).map(({ seconds }) => seconds);
}

function paced(durations: readonly number[], first: number, last: number): number[] {
  return durations.map((seconds, nth) => seconds * (first + ((last - first) * nth) / durations.length));
}

function twoHabits(durations: readonly number[]): number[] {
  const random = seededRandom(2);
  return durations.map((seconds) => (random.next() < 0.5 ? seconds * 3 : seconds));
}

/** Ten jobs in a row, at two thirds of the way. */
function badDay(durations: readonly number[]): number[] {
  const begin = Math.floor((durations.length * 2) / 3);
  return durations.map((seconds, nth) => (nth >= begin && nth < begin + 10 ? seconds * 30 : seconds));
}
