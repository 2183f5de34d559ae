import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { savedInstant } from '../simulator/saved-state.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { scaledClock, wallClock, type PacedClock } from './scaled-clock.ts';

/** A simulated Atlas in this process, and the clock that it and Lifeboat share. */
export interface Simulation {
  readonly clock: PacedClock;
  readonly simulator: Simulator;
}

/** How a job is simulated. */
export interface SimulationSettings {
  readonly home: string;
  readonly jobId: string;
  readonly seed: number;
  readonly speed: number;
  /** Parsed content of a world file and of a faults file. */
  readonly world?: unknown;
  readonly faults?: unknown;
  /** Milliseconds since the UNIX epoch: the latest instant that the job's record knows, when it is resumed. */
  readonly notBefore?: number;
}

/**
 * Starts the simulated Atlas of one job. Its state is kept beside the job's, so that a job whose process died finds the
 * restore that it had started.
 */
export async function startSimulation(settings: SimulationSettings): Promise<Simulation> {
  const folder = join(settings.home, 'simulator');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const statePath = join(folder, `${settings.jobId}.json`);
  // Simulated time runs ahead of the machine's; after a crash it goes on from where it was, and never goes back.
  const startAt = Math.max(Date.now(), savedInstant(statePath) ?? 0, settings.notBefore ?? 0);
  const clock = scaledClock(settings.speed, startAt);
  const { seed, speed, world, faults } = settings;
  const simulator = await startSimulator({
    clock,
    seed,
    speed,
    statePath,
    ...(world !== undefined && { world }),
    ...(faults !== undefined && { faults }),
  });
  return { clock, simulator };
}

/** Starts a simulated Atlas that keeps nothing, at the machine's own pace: to look at, for a plan. */
export async function startPractice(seed: number): Promise<Simulation> {
  const clock = wallClock();
  return { clock, simulator: await startSimulator({ clock, seed, speed: clock.speed }) };
}
