import type { Breach } from './breach.ts';
import type { PlayedBatch } from './play-batch.ts';
import { add, newTally, type Tally } from './tally.ts';

/** What to simulate. */
export interface SimulationOptions {
  /** So many jobs at least: batches are played whole. */
  readonly jobs: number;
  /** Draws the worlds: the same seed plays the same ones, however many are played at once. */
  readonly seed: number;
  /** Plays the batch of a seed. */
  readonly playBatch: (seed: number) => Promise<PlayedBatch>;
  /** Batches that are played at the same time; one without it. */
  readonly atOnce?: number;
  /** Told after each batch. */
  readonly onProgress?: (tally: Tally) => void;
  /** Asked before each batch whether there is time for it. */
  readonly goesOn?: () => boolean;
}

/** What came of a simulation. */
export interface Simulated {
  readonly tally: Tally;
  readonly breach?: Breach;
}

/**
 * Plays batches until so many jobs have ended, or something that must hold did not. Each has a seed of its own. They are counted
 * in the order of their seeds up to the one with which there are enough: what was played beyond it is left out, so that it does
 * not matter how many went on at once.
 */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { jobs, seed, playBatch, atOnce = 1, onProgress, goesOn = () => true } = options;
  const tally = newTally();
  const played = new Map<number, PlayedBatch>();
  const course: { begun: number; counted: number; isBroken: boolean; breach?: Breach } = {
    begun: 0,
    counted: 0,
    isBroken: false,
  };
  const isOver = () => course.breach !== undefined || tally.jobs >= jobs;
  const countNext = () => {
    const next = played.get(course.counted);
    if (next === undefined || isOver()) return false;
    course.counted += 1;
    add(tally, next.tally);
    if (next.breach !== undefined) course.breach = next.breach;
    return true;
  };
  const work = async () => {
    while (!isOver() && !course.isBroken && goesOn()) {
      const number = course.begun;
      course.begun += 1;
      const batch = await playBatch(seed + number);
      played.set(number, batch);
      course.isBroken ||= batch.breach !== undefined;
      while (countNext());
      onProgress?.(tally);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { tally, ...(course.breach !== undefined && { breach: course.breach }) };
}
