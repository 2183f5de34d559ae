import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { seededRandom, type Random } from '../../core/random.ts';
import type { PacedClock } from '../../local/scaled-clock.ts';
import type { Mishap } from './plan.ts';
import type { Effect, Troubles } from './troubles.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What was done by a process that is dead. Nobody is left to see it. */
export class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';
}

/** The machine that the processes of a job run on. */
export interface Host {
  readonly name: string;
  readonly time: VirtualTime;
  readonly troubles: Troubles;
  /** Milliseconds by which its clock is ahead of the true time. */
  ahead: number;
  /** The job that it runs; drills of a campaign are of that. */
  readonly jobId: string;
}

/** A process that runs a job, until it is done or dies. */
export interface SimulatedProcess {
  readonly name: string;
  readonly jobId: string;
  readonly time: VirtualTime;
  readonly clock: PacedClock;
  readonly random: Random;
  /** Aborts when it dies. */
  readonly signal: AbortSignal;
  /** Resolves when it dies. */
  readonly died: Promise<'died'>;
  /** Lets an effect go wrong, or carries it out: `plainly` where nothing of its own kind befalls it. */
  befall<T>(effect: Effect, act: (mishap: Mishap | undefined) => Promise<T>): Promise<T>;
  /** A latency between two bounds, in milliseconds. */
  latency(least: number, most: number): number;
}

/** How often a workflow that sleeps for people looks whether they have answered, in seconds. */
const LOOKS_EVERY = 120;

/** Starts a process. What it draws depends on its name and the seed alone, so that no other job's fate changes it. */
export function startProcess(host: Host, number: number, seed: number): SimulatedProcess {
  const { time, troubles } = host;
  const name = `${host.name}.${number}`;
  const random = seededRandom(seedOf(`${seed}/${name}`));
  const ending = new AbortController();
  const { signal } = ending;
  const died = new Promise<'died'>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('died');
    });
  });
  const die = (): never => {
    ending.abort(new ProcessDiedError(name));
    throw new ProcessDiedError(name);
  };
  const checkAlive = () => {
    if (signal.aborted) throw new ProcessDiedError(name);
  };
  return {
    name,
    jobId: host.jobId,
    time,
    clock: { speed: LOOKS_EVERY, ...clockOf(host) },
    random,
    signal,
    died,
    latency: (least, most) => least + random.next() * (most - least),
    async befall(effect, act) {
      checkAlive();
      const mishap = troubles.meet(effect);
      if (mishap?.trouble === 'dies before') die();
      if (mishap?.trouble === 'clock steps') host.ahead = mishap.seconds * 1000;
      if (mishap?.trouble === 'stalls') await time.sleep(mishap.seconds * 1000);
      const result = await act(mishap);
      checkAlive();
      if (mishap?.trouble === 'dies after') die();
      return result;
    },
  };
}

/** The clock of a machine. Sleeps are of true time, wherever the clock steps to. */
export function clockOf(host: Pick<Host, 'time' | 'ahead'>): Clock {
  return {
    now: () => host.time.now() + host.ahead,
    sleep: (milliseconds, signal) => host.time.sleep(milliseconds, signal),
  };
}

function seedOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE();
}
