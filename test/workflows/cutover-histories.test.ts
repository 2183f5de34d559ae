import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideJob } from '../../core/commands/decide-job.ts';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import type { CutoverJob } from '../../core/jobs/job.ts';
import { newJob } from '../../core/jobs/new-job.ts';
import { isWriteStopBegun } from '../../core/jobs/write-stop.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { KIND_BY_USE } from '../../core/steps/kinds.ts';
import type { Task, TaskContext } from '../../core/tasks/context.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { createEngine } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';
import { asCutover, nightText, parseCutover } from '../support/cutovers.ts';
import { manualClock } from '../support/manual-clock.ts';
import { memoryJobs } from '../support/memory-jobs.ts';
import {
  playfulAtlas,
  type Play,
  type PlayfulAtlas,
  type Reaction,
  type Stretch,
} from '../support/playful-atlas.ts';
import { done, practiceStep, practiceSteps } from '../support/practice-steps.ts';

const AT_MOST = 5;
const JOB = '01KAJ3W0Q4X9GZ5M1T2R8C7B6A';
const runbook = {
  ...parseCutover(nightText({ timeouts: '{ ready: 2h, cutover: 1h }', maxWriteStop: '15m' })),
  stopWrites: [practiceStep('stop')],
  switchWrites: [practiceStep('switch')],
  resumeWrites: [practiceStep('resume')],
};

/** Told to the application in the run that is under way, at seconds since its migration began. */
let telling: (step: string) => void = () => undefined;

const { library } = practiceSteps(
  Object.fromEntries(
    ['stop', 'switch', 'resume'].map((step) => [step, { send: [() => (telling(step), done())] }]),
  ),
);
const tasks = Object.entries<Task>({
  ...TASKS,
  ...stepTasks(new Map([...KIND_BY_USE, ...library])),
});
const workflow = readWorkflow('cutover');
const engineWith = (deliver: (task: Task) => Task) =>
  createEngine(workflow, Object.fromEntries(tasks.map(([name, task]) => [name, deliver(task)])));
const ENGINES = {
  once: engineWith((task) => task),
  twice: engineWith(twice),
  twiceAtOnce: engineWith(twiceAtOnce),
};

/** One history of everything that a run may meet. */
interface History extends Play {
  readonly deliveries: keyof typeof ENGINES;
  /** After which event somebody cancels: its number, counted from 1, or its type; 0 for nobody. */
  readonly cancelAfter: number | string;
}

interface Run {
  readonly job: CutoverJob;
  readonly atlas: PlayfulAtlas;
  /** When the application was told what, seconds since the migration began. */
  readonly told: readonly { readonly step: string; readonly at: number }[];
}

async function run(history: History): Promise<Run> {
  const clock = manualClock();
  const atlas = playfulAtlas(history, clock);
  const { jobs, put } = memoryJobs();
  const told: { step: string; at: number }[] = [];
  telling = (step) => void told.push({ step, at: atlas.seconds() });
  let events = 0;
  const context: TaskContext = {
    clock,
    atlas: atlas.client,
    jobs: {
      ...jobs,
      async append(jobId, event) {
        const written = await jobs.append(jobId, event);
        events += 1;
        if (event.type === 'approval-wanted') await approve(jobId);
        if ([events, event.type].includes(history.cancelAfter))
          await cancelJob(jobId, { by: 'ben', reason: 'enough' }, jobs, clock).catch(() => undefined);
        return written;
      },
    },
    reports: { put: () => Promise.resolve('nowhere'), place: () => 'nowhere' },
    policy: NO_POLICY,
    outbound: {
      post: () => Promise.reject(new TypeError('Nothing is posted here.')),
      secret: () => Promise.resolve(undefined),
    },
  };
  const approve = async (jobId: string) => {
    const request = openRequest(await jobs.get(jobId))?.request;
    if (request === undefined || request.decisions.length > 0) return;
    const by = { type: 'cli', who: 'anna' } as const;
    await decideJob(jobId, { decision: 'approve', by, reason: 'yes', plan: request.plan.hash }, jobs, clock);
  };
  put(
    newJob({
      jobId: JOB,
      runbook,
      runbookText: '',
      policy: NO_POLICY,
      startedBy: { type: 'cli', who: 'tester' },
      seed: 1,
      now: new Date(clock.now()).toISOString(),
    }),
  );
  await ENGINES[history.deliveries].run(JOB, context, clock, new AbortController().signal);
  return { job: asCutover(await jobs.get(JOB)), atlas, told };
}

const stretch = (from: fc.Arbitrary<number>): fc.Arbitrary<Stretch> =>
  fc.record({
    from,
    status: fc.oneof(
      { weight: 24, arbitrary: fc.constant('WORKING') },
      { weight: 2, arbitrary: fc.constant('NEW') },
      { weight: 1, arbitrary: fc.constantFrom('FAILED', 'EXPIRED', 'COMPLETE', 'PAUSING') },
    ),
    ready: fc.oneof(
      { weight: 6, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    lag: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: AT_MOST }) },
      { weight: 2, arbitrary: fc.integer({ min: AT_MOST + 1, max: 1000 }) },
      { weight: 2, arbitrary: fc.constant(null) },
    ),
    silent: fc.oneof(
      { weight: 12, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  });

/** Nothing to see but a migration that can be cut over, whatever its lag. */
function isClear({ status, ready, lag, silent }: Stretch): boolean {
  return status === 'WORKING' && ready && lag !== null && !silent;
}

const REACTIONS: readonly Reaction[] = [
  'accepted',
  'lost',
  'late',
  'lost, unseen',
  'never arrived',
  'too many',
  'refused',
];

const histories: fc.Arbitrary<History> = fc
  .tuple(
    stretch(fc.constant(0)),
    fc.array(stretch(fc.integer({ min: 1, max: 1500 })), { maxLength: 12 }),
    fc.record({
      reactions: fc.array(fc.constantFrom(...REACTIONS), { minLength: 1, maxLength: 5 }),
      delay: fc.integer({ min: 1, max: 110 }),
      cutoverSeconds: fc.integer({ min: 1, max: 900 }),
      ends: fc.oneof(
        { weight: 5, arbitrary: fc.constant('COMPLETE' as const) },
        { weight: 1, arbitrary: fc.constant('FAILED' as const) },
      ),
      latencies: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) },
          { weight: 1, arbitrary: fc.constant(25) },
        ),
        { minLength: 1, maxLength: 7 },
      ),
      clear: fc.boolean(),
      deliveries: fc.constantFrom('once' as const, 'twice' as const, 'twiceAtOnce' as const),
      cancelAfter: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
        { weight: 1, arbitrary: fc.constantFrom('lag-low', 'cutover-reply-lost', 'cutover-accepted') },
      ),
    }),
  )
  .map(([first, more, { clear, ...rest }]) => {
    const history = [first, ...more.toSorted((one, other) => one.from - other.from)];
    const kept = clear ? history.filter((one) => one === first || isClear(one)) : history;
    // What one of two deliveries waits for, the other would not see go by.
    const latencies = rest.deliveries === 'twiceAtOnce' ? [0] : rest.latencies;
    return { ...rest, history: kept, latencies };
  });

/** The look that was asked for just before a lost request is given up comes back just after. */
const SLOW_TO_SETTLE: History = {
  reactions: ['never arrived'],
  delay: 1,
  cutoverSeconds: 1,
  ends: 'COMPLETE',
  latencies: [25, 0, 3, 5, 25],
  deliveries: 'once',
  cancelAfter: 'cutover-reply-lost',
  history: [{ from: 0, status: 'WORKING', ready: true, lag: 0, silent: false }],
};

/** What became of the runs, so that a test that never came to a cutover would be seen. */
const seen = { cutOver: 0, asked: 0, resumed: 0, unknown: 0, runs: 0 };

it('through random histories, none is cut over unseen, late, twice, or with writes resumed', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { job, atlas, told } = await run(history);
      const side = sideOf(job.cutover);
      seen.runs += 1;
      seen.asked += Math.min(1, atlas.sent.length);
      seen.cutOver += atlas.effects().length;
      seen.resumed += told.some(({ step }) => step === 'resume') ? 1 : 0;
      seen.unknown += side === 'unknown' ? 1 : 0;

      expect(['SUCCEEDED', 'FAILED', 'CANCELLED']).toContain(job.status);
      expect(job.failure?.name).not.toBe('InternalError');
      // Asked for only while it was ready, with a lag that was known and low.
      for (const { stood, afterAnother } of atlas.sent) {
        expect(stood).toMatchObject({ status: 'WORKING', ready: true });
        expect(stood.lag).not.toBeNull();
        expect(stood.lag).toBeLessThanOrEqual(AT_MOST);
        // Never while another one had been carried out, or still might be.
        expect(afterAnother).toBe(false);
      }
      expect(atlas.effects().length).toBeLessThanOrEqual(1);
      // Asked for only after writes were stopped.
      const stoppedAt = told.find(({ step }) => step === 'stop')?.at;
      for (const { at } of atlas.sent) expect(at).toBeGreaterThanOrEqual(stoppedAt ?? Infinity);
      // Each system is told once.
      for (const step of ['stop', 'switch', 'resume']) {
        expect(told.filter((one) => one.step === step).length).toBeLessThanOrEqual(1);
      }
      const resumed = told.some(({ step }) => step === 'resume');
      // Never resumed on the source once a cutover took effect, or was still to take effect.
      if (atlas.effects().length > 0) expect(resumed).toBe(false);
      // The record does not claim less than what happened, and writes come back by themselves where nothing did.
      if (atlas.effects().length > 0) expect(side).not.toBe('before');
      expect(resumed).toBe(side === 'before' && isWriteStopBegun(job));
      // Where everything can be seen, it is found out what became of a request. A failure alone does not tell.
      if (history.history.every(isClear) && history.ends === 'COMPLETE') expect(side).not.toBe('unknown');
      if (job.status === 'SUCCEEDED') expect(told.map(({ step }) => step)).toEqual(['stop', 'switch']);
    }),
    { numRuns: 600, examples: [[SLOW_TO_SETTLE]] },
  );
  expect(seen.runs).toBeGreaterThanOrEqual(600);
  expect(seen.cutOver).toBeGreaterThan(40);
  expect(seen.resumed).toBeGreaterThan(20);
}, 240_000);
