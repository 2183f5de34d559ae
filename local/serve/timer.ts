import { holderName } from '../../core/jobs/table/leases.ts';
import { skipRun } from '../../core/commands/skip-run.ts';
import { startJob, type StartRequest } from '../../core/commands/start-job.ts';
import { isoTime, type Clock } from '../../core/clock.ts';
import type { RunbookStore } from '../../core/http/host.ts';
import { scheduledJobId } from '../../core/jobs/derived-id.ts';
import { JobExistsError, JobNotFoundError } from '../../core/jobs/errors.ts';
import { FrozenError } from '../../core/jobs/freeze.ts';
import { leaseName } from '../../core/jobs/lease-name.ts';
import { newJob } from '../../core/jobs/new-job.ts';
import { PolicyRefusedError } from '../../core/policy/errors.ts';
import { isFinal } from '../../core/jobs/status.ts';
import { jobName } from '../../core/jobs/simulated.ts';
import type { ScheduleEvent } from '../../core/notify/schedule-event.ts';
import type { Runbook } from '../../core/runbooks/schema.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { ClockWasAheadError } from './errors.ts';
import { begin, beginAnew, dueRun, isOf, wasAheadBy } from './due-runs.ts';
import { readScheduleState, writeScheduleState, type KeptSchedule } from './schedule-state.ts';
import { scheduledRunbooks, type ScheduledRunbook } from './scheduled-runbooks.ts';

/** What schedules are kept with. */
export interface TimerSettings {
  readonly home: string;
  readonly clock: Clock;
  readonly jobs: JobStore;
  readonly runbooks: RunbookStore;
  /** What every job is started with. */
  readonly common: Pick<StartRequest, 'policy' | 'simulation' | 'atlasUrl'>;
  readonly seed: () => number;
  /** Sees to it that a job runs, and gives back at once. */
  readonly run: (jobId: string) => void;
  /** Told, as a sentence, of what a schedule did. */
  readonly onEvent: (message: string) => void;
  /** Told of a runbook that can't be used, once for each way in which it can't. */
  readonly onFault: (error: unknown) => void;
  /** Notifies people of a runbook's schedule that was begun anew, and gives back at once. */
  readonly notify: (event: ScheduleEvent, runbook: Runbook) => void;
}

/** Keeps the schedules of a folder of runbooks. */
export interface Timer {
  /**
   * Looks what is due and starts it.
   *
   * @returns when to look again, in milliseconds since the UNIX epoch.
   */
  look(): Promise<number>;
}

/** Between two looks, in milliseconds: runbooks come and go, machines sleep, and what a run waits for may be over. */
const LONGEST_SLEEP = 60_000;

/** A timer. Two of them must not keep the schedules of one home. */
export function createTimer(settings: TimerSettings): Timer {
  const { clock, home, onFault, runbooks } = settings;
  const told = new Map<string, string>();
  const fault = (where: string, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (told.get(where) !== message) onFault(error);
    told.set(where, message);
  };
  return {
    async look() {
      const state = { ...(await readScheduleState(home)) };
      let next = clock.now() + LONGEST_SLEEP;
      for (const scheduled of await scheduledRunbooks(runbooks, fault)) {
        const { name } = scheduled.schedule;
        const keep = async (kept: KeptSchedule) => {
          state[name] = kept;
          await writeScheduleState(home, state);
        };
        const due = await lookAt(scheduled, state[name], keep, settings).catch((error: unknown) => {
          // What is wrong with one must not keep the others from their turn.
          fault(name, error);
          return undefined;
        });
        next = Math.min(next, due ?? next);
      }
      return next;
    },
  };
}

/**
 * Keeps schedules until it is told to stop.
 *
 * @param onFailure told why a look failed; the next one is made all the same.
 */
export async function keepSchedules(
  timer: Timer,
  clock: Clock,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    const next = await timer.look().catch((error: unknown) => {
      onFailure(error);
      return clock.now() + LONGEST_SLEEP;
    });
    await clock.sleep(Math.max(0, next - clock.now()), signal).catch(() => undefined);
  }
}

/**
 * Does what is due for one schedule.
 *
 * @param keep records how far the schedule has been kept.
 * @returns when it has to be read again, in milliseconds since the UNIX epoch; undefined when that is not known.
 */
async function lookAt(
  scheduled: ScheduledRunbook,
  before: KeptSchedule | undefined,
  keep: (kept: KeptSchedule) => Promise<void>,
  settings: TimerSettings,
): Promise<number | undefined> {
  const { schedule } = scheduled;
  const now = settings.clock.now();
  const kept = await begun(scheduled, before, keep, settings);
  const run = dueRun(schedule, kept, now);
  if (run.act === 'nothing') return run.next;
  const request = requestFor(scheduled, run.due, kept, settings);
  const done = { ...kept, dealtWith: run.due, waiting: undefined };
  if (run.act === 'skip') {
    await skip(
      request,
      `Nobody kept the schedule at ${isoTime(run.due)}, and the runbook skips what was missed.`,
      settings,
    );
    await keep(done);
    return undefined;
  }
  const obstacle = await whatIsInTheWay(request, kept, settings);
  if (obstacle === undefined) {
    await startOrSkip(request, run.due, settings);
    // After each: a process that dies must not start again what it has started.
    await keep({ ...done, lastJob: request.jobId });
    return undefined;
  }
  if (now < run.until) {
    if (kept.waiting === undefined) await keep({ ...kept, waiting: { due: run.due, until: run.until } });
    return run.until;
  }
  await skip(request, `${obstacle} It could not begin in time.`, settings);
  await keep(done);
  return undefined;
}

/**
 * The schedule as it is kept, begun where it is new or the clock had been ahead. That is written down before anything is
 * started: the first run of a `rate` has its id from when it began, so one that began twice would run twice.
 */
async function begun(
  { runbook, schedule }: ScheduledRunbook,
  before: KeptSchedule | undefined,
  keep: (kept: KeptSchedule) => Promise<void>,
  { clock, common, notify, onFault }: TimerSettings,
): Promise<KeptSchedule> {
  const now = clock.now();
  if (!isOf(before, schedule)) {
    const kept = begin(schedule, before, now);
    await keep(kept);
    return kept;
  }
  const ahead = wasAheadBy(before, now);
  if (ahead === 0) return before;
  const anew = beginAnew(before, now);
  await keep(anew);
  const error = new ClockWasAheadError(schedule.name, ahead / 1000);
  onFault(error);
  const at = isoTime(now);
  notify(
    {
      version: 1,
      type: 'lifeboat.schedule.clock-was-ahead',
      id: `clock-was-ahead/${schedule.name}/${at}`,
      at,
      text: [error.message, error.changed, error.next].join(' '),
      runbook: schedule.name,
      aheadSeconds: ahead / 1000,
      simulated: common.simulation !== undefined,
    },
    runbook,
  );
  return anew;
}

function requestFor(
  { name, runbook, runbookText }: ScheduledRunbook,
  due: number,
  { restarts }: KeptSchedule,
  { common, seed }: TimerSettings,
): StartRequest {
  return {
    ...common,
    jobId: scheduledJobId(runbook.name, due, restarts),
    runbook,
    runbookText,
    origin: { kept: name, overridden: [] },
    startedBy: { type: 'schedule', who: runbook.name },
    seed: seed(),
  };
}

/** Why a run has to wait, as a sentence; undefined when nothing is in its way. */
async function whatIsInTheWay(
  request: StartRequest,
  { lastJob }: KeptSchedule,
  { clock, jobs }: TimerSettings,
): Promise<string | undefined> {
  if (lastJob !== undefined && lastJob !== request.jobId && (await isUnderWay(lastJob, jobs)))
    return `The run before it, job ${lastJob}, was still under way.`;
  const now = isoTime(clock.now());
  const target = leaseName(newJob({ ...request, now }));
  const lease = target === undefined ? undefined : await jobs.lease(target);
  if (lease === undefined || lease.expiresAt <= now || lease.owner === request.jobId) return undefined;
  return `Job ${holderName(lease)} was working on its target.`;
}

async function isUnderWay(jobId: string, jobs: JobStore): Promise<boolean> {
  try {
    return !isFinal((await jobs.get(jobId)).status);
  } catch (error) {
    if (error instanceof JobNotFoundError) return false;
    throw error;
  }
}

/** What the policy or a freeze forbids is recorded like a run that could not begin in time. */
async function startOrSkip(request: StartRequest, due: number, settings: TimerSettings): Promise<void> {
  try {
    await start(request, due, settings);
  } catch (error) {
    if (!(error instanceof PolicyRefusedError) && !(error instanceof FrozenError)) throw error;
    await skip(request, error.message, settings);
  }
}

/** The job's id follows from the schedule, so one that a dead process has begun is found, and run. */
async function start(request: StartRequest, due: number, settings: TimerSettings): Promise<void> {
  const { clock, jobs, onEvent, run } = settings;
  await unlessThere(startJob(request, jobs, clock));
  run(request.jobId);
  onEvent(`Runbook ${request.runbook.name} was due at ${isoTime(due)}: job ${jobName(request)}.`);
}

async function skip(
  request: StartRequest,
  reason: string,
  { clock, jobs, onEvent }: TimerSettings,
): Promise<void> {
  await unlessThere(skipRun(request, reason, jobs, clock));
  onEvent(`Runbook ${request.runbook.name} was skipped: job ${jobName(request)}. ${reason}`);
}

async function unlessThere(written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof JobExistsError)) throw error;
  }
}
