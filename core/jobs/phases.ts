import type { Job, PhaseName } from './job.ts';

type Phases = Job['phases'];

/** The phases with `name` begun at `at`; one that has begun keeps its beginning, so a repeated task moves nothing. */
export function begin(phases: Phases, name: PhaseName, at: string): Phases {
  return phases[name] === undefined ? { ...phases, [name]: { startedAt: at } } : phases;
}

/** The phases with `name` ended at `at`; one that has ended keeps its end. */
export function end(phases: Phases, name: PhaseName, at: string): Phases {
  const timing = phases[name];
  if (timing === undefined || timing.endedAt !== undefined) return phases;
  return { ...phases, [name]: { ...timing, endedAt: at } };
}

/** The phases with whatever was under way ended at `at`: how a job closes. */
export function endAll(phases: Phases, at: string): Phases {
  return (Object.keys(phases) as PhaseName[]).reduce((all, name) => end(all, name, at), phases);
}
