import type { Played } from './play-world.ts';

/** What was played so far. */
export interface Tally {
  worlds: number;
  jobs: number;
  processes: number;
  /** Hours of the worlds' time. */
  hours: number;
  /** How often each trouble came about. */
  readonly troubles: Record<string, number>;
  /** How jobs ended: by their kind, and then by status, and verdict or failure. */
  readonly ends: Record<string, Record<string, number>>;
}

/** Nothing yet. */
export function newTally(): Tally {
  return { worlds: 0, jobs: 0, processes: 0, hours: 0, troubles: {}, ends: {} };
}

/** Counts a world. */
export function count(tally: Tally, { witness, troubles, processes, seconds }: Played): void {
  tally.worlds += 1;
  tally.jobs += witness.jobs.length;
  tally.processes += processes;
  tally.hours += seconds / 3600;
  for (const [trouble, times] of troubles) tally.troubles[trouble] = (tally.troubles[trouble] ?? 0) + times;
  for (const { kind, status, verdict, failure } of witness.jobs) {
    const ends = (tally.ends[kind] ??= {});
    const end = `${status}, ${failure?.name ?? verdict ?? 'no verdict'}`;
    ends[end] = (ends[end] ?? 0) + 1;
  }
}

/** Adds what was played elsewhere. */
export function add(tally: Tally, more: Tally): void {
  tally.worlds += more.worlds;
  tally.jobs += more.jobs;
  tally.processes += more.processes;
  tally.hours += more.hours;
  addCounts(tally.troubles, more.troubles);
  for (const [kind, ends] of Object.entries(more.ends)) addCounts((tally.ends[kind] ??= {}), ends);
}

function addCounts(counts: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, times] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + times;
}

/** A table of counts, the most frequent first, each line indented. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const width = Math.max(0, ...entries.map(([, times]) => String(times).length));
  return entries.map(([name, times]) => `  ${String(times).padStart(width)}  ${name}`).join('\n');
}
