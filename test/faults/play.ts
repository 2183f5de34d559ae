import { cancelJob } from '../../core/commands/cancel-job.ts';
import { decideJob } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { isFinal } from '../../core/jobs/status.ts';
import type { Job } from '../../core/jobs/job.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { breaches } from '../invariants/invariants.ts';
import type { Witness } from '../invariants/witness.ts';
import type { Fault, Scene } from './faults.ts';
import { runnerOf, type Run } from './runner.ts';
import type { Scenario } from './scenarios.ts';
import type { Delivery } from './stage/deliveries.ts';
import type { Effect, EffectKind } from './stage/effects.ts';
import { bindTimersToProcesses } from './stage/process-timers.ts';
import { startProcess, type Process, type Tap } from './stage/process.ts';
import type { Mutant } from './stage/ground.ts';
import { openStage, type Stage } from './stage/stage.ts';
import { witnessOf } from './stage/witness-stage.ts';

/** An effect that a job made when nothing went wrong: something can go wrong just before it, and just after. */
export interface Point {
  /** 1 for the first. */
  readonly number: number;
  readonly kind: EffectKind;
  readonly name: string;
  readonly task: string;
  /** Which delivery of a task it belongs to, counted over the job. */
  readonly delivery: number;
}

/** A job that has ended. */
export interface Played {
  /** Every effect of the first process, in order. */
  readonly points: readonly Point[];
  /** The tasks that were delivered. */
  readonly tasks: readonly string[];
  readonly job: Job;
  readonly witness: Witness;
  /** What must hold and did not. */
  readonly broken: readonly string[];
  /** How often Atlas carried out each operation that changes something. */
  readonly changes: Readonly<Record<string, number>>;
}

/** What goes wrong, and where. */
export interface Strike {
  readonly fault: Fault;
  readonly point: Point;
}

/** Seconds until somebody resumes a job whose process has died. */
const RESUMED_AFTER: Readonly<Record<string, number>> = { 'killed-before': 5 };
const RESUMED_LATER = 300;
/** Seconds after which nothing that was sent is on its way any more. */
const STRAGGLERS = 150;

/**
 * Plays a scenario to its end, with a fault at a point where one is given.
 *
 * @param mutant a part of Lifeboat that is broken on purpose.
 */
export async function play(scenario: Scenario, strike?: Strike, mutant?: Mutant): Promise<Played> {
  // Files are read on the machine's time.
  const run = runnerOf(TASKS);
  const stage = openStage({ ...scenario, ...(mutant !== undefined && { mutant }) });
  const overrun = new Promise<never>((_resolve, reject) => {
    stage.meter.onOverrun = () => {
      reject(new Error('It goes on for ever.'));
    };
  });
  return stage.time.play(() => Promise.race([playOn(stage, scenario, strike, run), overrun]));
}

async function playOn(
  stage: Stage,
  scenario: Scenario,
  strike: Strike | undefined,
  run: Run,
): Promise<Played> {
  bindTimersToProcesses();
  const { jobId } = await stage.start(scenario.text, scenario.policy);
  people(stage, scenario, jobId);
  const points: Point[] = [];
  const after: (() => Promise<unknown>)[] = [];
  const scenes = { stage, scenario, jobId, run, after };
  const first = startProcess(stage, (effect, delivery) => striking(effect, delivery));
  const striking = tapOf(points, strike, () => first, scenes);
  await run(jobId, first);
  if (first.signal.aborted) {
    await stage.time.sleep((RESUMED_AFTER[strike?.fault.name ?? ''] ?? RESUMED_LATER) * 1000);
    await run(jobId, startProcess(stage));
  }
  // A workflow that could not be brought to its end is resumed.
  else if (!stage.reports.has(jobId)) await run(jobId, startProcess(stage));
  for (const act of after) await act();
  // Whatever is still on its way arrives.
  await stage.time.sleep(STRAGGLERS * 1000);
  const witness = await witnessOf(stage, {
    clocksWereWrong: first.ahead !== 0,
    wentOnLate: strike?.fault.holdsUp === true,
  });
  return {
    points,
    tasks: [...stage.delivered],
    job: await stage.jobs.get(jobId),
    witness,
    broken: breaches(witness),
    changes: countOf(stage.atlas.changes().map(({ operation }) => operation)),
  };
}

interface Scenes {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly jobId: string;
  readonly run: Run;
  /** What is still to be done once the job has ended. */
  readonly after: (() => Promise<unknown>)[];
}

/** Counts effects, and lets the fault strike when its point has come. */
function tapOf(points: Point[], strike: Strike | undefined, process: () => Process, scenes: Scenes): Tap {
  const { stage } = scenes;
  const numbers = new Map<Delivery | undefined, number>();
  let struckAt: number | undefined;
  let struck = 0;
  return (effect, delivery) => {
    if (!numbers.has(delivery)) numbers.set(delivery, numbers.size + 1);
    const { kind, name, task } = effect;
    const point = { number: points.length + 1, kind, name, task, delivery: numbers.get(delivery) ?? 0 };
    points.push(point);
    if (strike === undefined) return effect.perform();
    const { fault } = strike;
    if (point.number === strike.point.number) {
      checkSame(strike.point, point);
      struckAt = stage.time.now();
    } else if (struckAt === undefined || !lastsStill(fault, struck, stage.time.now() - struckAt)) {
      return effect.perform();
    }
    if (!strikesAt(fault, effect)) return effect.perform();
    struck += 1;
    return fault.strike(effect, sceneOf(process(), delivery, struck - 1, scenes));
  };
}

/** Whether a fault makes sense at an effect. */
export function strikesAt({ at, except }: Fault, { kind, name }: Pick<Effect, 'kind' | 'name'>): boolean {
  return at[kind] === 'strikes' && except?.includes(name) !== true;
}

function lastsStill({ lasts }: Fault, struck: number, milliseconds: number): boolean {
  if (lasts === undefined) return false;
  return 'effects' in lasts ? struck < lasts.effects + 1 : milliseconds < lasts.seconds * 1000;
}

/** Up to the point a job does the same each time, or the point would be another one. */
function checkSame(wanted: Point, found: Point): void {
  if (wanted.kind === found.kind && wanted.name === found.name && wanted.task === found.task) return;
  throw new Error(
    `Effect ${found.number} is ${found.task} ${found.name}, and was ${wanted.task} ${wanted.name} before.`,
  );
}

function sceneOf(process: Process, delivery: Delivery | undefined, struck: number, scenes: Scenes): Scene {
  const { stage, scenario, jobId, run, after } = scenes;
  return {
    process,
    delivery,
    struck,
    sleep: (seconds) => stage.time.sleep(seconds * 1000),
    later: (seconds, act) => void stage.time.after(seconds * 1000, () => void act().catch(() => undefined)),
    overtake: () => run(jobId, startProcess(stage)),
    async letRivalIn() {
      if ('none' in scenario.rival) return;
      const rival = await stage.start(scenario.rival.text, scenario.policy);
      people(stage, { ...scenario, cancelledAfter: undefined }, rival.jobId);
      // It is held up, in its turn, as soon as Atlas works for it.
      let isBegun: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (isBegun = resolve));
      const process = startProcess(stage, async (effect) => {
        const result = await effect.perform();
        if (effect.kind !== 'change' || !IRREVOCABLE.test(effect.name)) return result;
        isBegun();
        return process.die();
      });
      await Promise.race([run(rival.jobId, process), begun]);
      after.push(() => run(rival.jobId, startProcess(stage)));
    },
  };
}

const IRREVOCABLE = /RestoreJob$|^cutoverMigration$/;

/** Seconds between two looks of people at a job. */
const PEOPLE_LOOK = 20;
/** Seconds after which they give up. */
const PEOPLE_LOOK_FOR = 14 * 86_400;

/** People who look at a job now and then, and say yes or stop it. */
function people(
  stage: Stage,
  { approved, cancelledAfter }: Pick<Scenario, 'approved'> & { readonly cancelledAfter?: string | undefined },
  jobId: string,
): void {
  if (approved === undefined && cancelledAfter === undefined) return;
  const { jobs, time } = stage;
  const clock = { now: () => time.now(), sleep: (milliseconds: number) => time.sleep(milliseconds) };
  const until = time.now() + PEOPLE_LOOK_FOR * 1000;
  const look = async () => {
    const job = await jobs.get(jobId);
    if (isFinal(job.status) || time.now() > until) return;
    again();
    const request = openRequest(job)?.request;
    if (approved && request?.decisions.length === 0) {
      const by = { type: 'cli', who: 'anna' } as const;
      const plan = request.plan.hash;
      await decideJob(jobId, { decision: 'approve', by, reason: 'Go on.', plan }, jobs, clock);
    }
    const types = (await jobs.timeline(jobId)).map(({ type }) => type);
    if (cancelledAfter !== undefined && types.includes(cancelledAfter))
      await cancelJob(jobId, { by: 'anna', reason: 'The wrong night.' }, jobs, clock);
  };
  const again = (): void => void time.after(PEOPLE_LOOK * 1000, () => void look().catch(() => undefined));
  again();
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
