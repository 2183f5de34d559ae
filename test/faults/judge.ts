import type { Job } from '../../core/jobs/job.ts';
import { FAULTS, type Fault } from './faults.ts';
import { play, strikesAt, type Played, type Point } from './play.ts';
import type { Scenario } from './scenarios.ts';
import { EFFECT_KINDS } from './stage/effects.ts';
import type { Mutant } from './stage/ground.ts';

/** A scenario as it goes when nothing goes wrong: what the faults strike, and what their ends are compared with. */
export interface Reference extends Pick<Played, 'job' | 'points' | 'tasks' | 'changes'> {
  readonly scenario: Scenario;
}

/** Plays a scenario without a fault. @throws when it does not end as it should, or breaks an invariant. */
export async function referenceOf(scenario: Scenario, mutant?: Mutant): Promise<Reference> {
  const { job, points, tasks, changes, broken } = await play(scenario, undefined, mutant);
  const end = job.status === 'SUCCEEDED' ? job.verdict : job.status.toLowerCase();
  const wrong = end === scenario.ends ? broken : [...broken, `it ended ${endOf(job)}`];
  if (wrong.length > 0) throw new Error(`${scenario.name}, without a fault:\n  ${wrong.join('\n  ')}`);
  return { scenario, job, points, tasks, changes };
}

/** A fault at a point of a scenario. */
export interface Run {
  readonly fault: Fault;
  readonly point: Point;
}

/** Every fault at every point where it makes sense. */
export function runsOf({ points, scenario }: Reference, faults: readonly Fault[] = FAULTS): Run[] {
  return faults.flatMap((fault) => {
    if (fault.name === 'lease-lapsed' && 'none' in scenario.rival) return [];
    const there = points.filter((point) => strikesAt(fault, point));
    const wanted = fault.whole === true ? oneOfEach(there) : there;
    return wanted.map((point) => ({ fault, point }));
  });
}

/** One point of each delivery: the one that is seen farthest. */
function oneOfEach(points: readonly Point[]): Point[] {
  const farthest = new Map<number, Point>();
  const rank = ({ kind }: Point) => EFFECT_KINDS.indexOf(kind);
  for (const point of points) {
    const known = farthest.get(point.delivery);
    if (known === undefined || rank(point) < rank(known)) farthest.set(point.delivery, point);
  }
  return [...farthest.values()];
}

/** How often Atlas may do again what can be done again: once, where it is not known that it was done. */
const AGAIN = 1;

/** Everything that is wrong with how a scenario went with a fault; empty where it went well. */
export async function judge(reference: Reference, { fault, point }: Run, mutant?: Mutant): Promise<string[]> {
  try {
    const { job, broken, changes } = await play(reference.scenario, { fault, point }, mutant);
    const ended = endOf(job);
    const asWithout =
      fault.ends === 'somehow' ||
      ended === endOf(reference.job) ||
      gaveUp(reference.scenario, job) ||
      isUnsure(point, job);
    const more = Object.entries(changes).filter(
      ([name, count]) => fault.name !== 'lease-lapsed' && count > (reference.changes[name] ?? 0) + AGAIN,
    );
    return [
      ...broken,
      ...(asWithout ? [] : [`it ended ${ended}, and without the fault ${endOf(reference.job)}`]),
      ...more.map(([name, count]) => `Atlas was made to do ${name} ${count} times`),
    ];
  } catch (error) {
    return [String(error)];
  }
}

/** Whether a job ended because a step may have been carried out, and is not to be sent twice. */
function gaveUp({ mayGiveUp }: Scenario, { failure }: Job): boolean {
  const saysSo = /look in Atlas before repeating it|Atlas answered 500/.test(failure?.message ?? '');
  return mayGiveUp === true && failure?.name === 'StepFailedError' && saysSo;
}

/** The error with which a task stops when what it asked for may have arrived, and is not to be asked for twice. */
const UNSURE_ENDS: Readonly<Record<string, string>> = {
  StartRestore: 'RestoreUnsettledError',
  ChooseRecoveryPoint: 'SnapshotUnsettledError',
  TakeSnapshot: 'SnapshotUnsettledError',
};

/** Whether a job ended so: struck from the moment at which the intent was written, nobody knows that the request did not arrive. */
function isUnsure({ task }: Point, { failure }: Job): boolean {
  return failure !== undefined && UNSURE_ENDS[task] === failure.name;
}

/** A run in one line. */
export function nameOf({ fault, point }: Run): string {
  return `${fault.name} at ${point.number} (${point.task} ${point.kind} ${point.name})`;
}

function endOf({ status, verdict, failure }: Job): string {
  return [status, verdict, failure?.name].filter((part) => part !== undefined).join(' ');
}
