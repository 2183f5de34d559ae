import { afterEach, describe, expect, it } from 'vitest';
import {
  AtlasError,
  AtlasReplyError,
  AtlasReplyLostError,
  AtlasUnreachableError,
} from '../../../core/atlas/errors.ts';
import { cancelJob } from '../../../core/commands/cancel-job.ts';
import type { Job, RestoreJob } from '../../../core/jobs/job.ts';
import type { RunbookStep } from '../../../core/runbooks/steps/step-lists.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import type { TaskOutput } from '../../../core/tasks/context.ts';
import { stepTasks } from '../../../core/tasks/run-steps.ts';
import { TASKS } from '../../../core/tasks/tasks.ts';
import {
  blind,
  done,
  failed,
  later,
  practiceStep,
  practiceSteps,
  type PracticeSteps,
  type Script,
  withWorks,
} from '../../support/practice-steps.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';
import { asRestore } from '../../support/restores.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

interface Played {
  readonly at: Rehearsal;
  readonly practice: PracticeSteps;
  readonly jobId: string;
  /** One delivery of the task of the stage. */
  deliver(): Promise<TaskOutput>;
  /** Deliveries until the stage is over; sleeps what it is told to. Gives the error's message when it fails. */
  toEnd(): Promise<{
    readonly job: Job;
    readonly error?: { name: string; message: string; changed: string; next: string };
  }>;
}

const TASK = {
  ready: 'RunReadySteps',
  before: 'RunBeforeSteps',
  verify: 'RunVerifySteps',
  after: 'RunAfterSteps',
  cleanup: 'RunCleanupSteps',
} as const;
type Stage = keyof typeof TASK;
const STAGES = Object.keys(TASK) as Stage[];

/** A running job whose stage holds the steps, past its guards. */
async function open(
  stage: Stage,
  scripts: Readonly<Record<string, Script>>,
  changes: Partial<RunbookStep> = {},
  parts: Record<string, string> = {},
): Promise<Played> {
  const at = (rehearsal = await openRehearsal());
  const practice = practiceSteps(scripts);
  const steps = Object.keys(scripts).map((name) => practiceStep(name, changes));
  const started = await at.start(runbookText(parts), undefined, { [stage]: steps });
  const { jobId, createdAt } = await at.jobs.save({ ...started, status: 'RUNNING' });
  await at.jobs.save({ ...(await at.jobs.get(jobId)), guardsPassedAt: createdAt });
  const task = stepTasks(practice.library)[TASK[stage]];
  const deliver = () => task({ jobId }, at.context);
  return {
    at,
    practice,
    jobId,
    deliver,
    async toEnd() {
      try {
        for (;;) {
          const { next, waitSeconds } = await deliver();
          if (next === 'wait') await at.clock.sleep(waitSeconds * 1000);
          if (next === 'go') return { job: await at.jobs.get(jobId) };
        }
      } catch (error) {
        return { job: await at.jobs.get(jobId), error: JSON.parse((error as Error).message) as never };
      }
    },
  };
}

async function stepEvents({ at, jobId }: Played) {
  return (await at.jobs.timeline(jobId)).filter(({ type }) => type.startsWith('step-'));
}

const CALL = {
  operation: 'enableManagedSlowMs',
  effect: 'change',
  roles: ['Project Owner'],
  label: 'enableManagedSlowMs',
} as const;
const LOOK = { ...CALL, operation: 'listAlerts', effect: 'read', label: 'listAlerts' } as const;
const refused = (status: number, call: typeof CALL | typeof LOOK = CALL) =>
  new AtlasError(call, {
    status,
    errorCode: status === 403 ? 'USER_UNAUTHORIZED' : 'SAID_NO',
    parameters: [],
  });

describe('what becomes of a step', () => {
  const CASES: readonly (readonly [
    answer: string,
    script: Script,
    onFailure: 'stop' | 'warn',
    unknown: 'stop' | 'continue',
    status: string,
    error: string | undefined,
  ])[] = (['stop', 'warn'] as const).flatMap((onFailure) =>
    (['stop', 'continue'] as const).flatMap((unknown) => {
      const stops = onFailure === 'stop';
      const ill = stops ? 'failed' : 'warned';
      const failure = stops ? 'StepFailedError' : undefined;
      return [
        ['a check that passes', { look: [done()] }, onFailure, unknown, 'done', undefined],
        ['a check that fails', { look: [failed()] }, onFailure, unknown, ill, failure],
        [
          'a check that could not look',
          { look: [blind()] },
          onFailure,
          unknown,
          'unknown',
          stops && unknown === 'stop' ? 'StepFailedError' : undefined,
        ],
        [
          'a check that may not look',
          { look: [refused(403, LOOK)] },
          onFailure,
          unknown,
          'unknown',
          stops && unknown === 'stop' ? 'StepFailedError' : undefined,
        ],
        ['a change that is made', { send: [done()] }, onFailure, unknown, 'done', undefined],
        ['a change that is refused', { send: [failed()] }, onFailure, unknown, ill, failure],
        ['a change that is forbidden', { send: [refused(403)] }, onFailure, unknown, ill, failure],
        ['a change of nothing', { send: [refused(404)] }, onFailure, unknown, ill, failure],
        [
          'a step with a fault of ours',
          { send: [new TypeError('x is undefined')] },
          onFailure,
          unknown,
          ill,
          failure,
        ],
        [
          'a step that is never done',
          { look: [later(100)] },
          onFailure,
          unknown,
          ill,
          stops ? 'StepTimeoutError' : undefined,
        ],
      ] as const;
    }),
  );

  it.each(CASES)(
    '%s, %j, onFailure %s, guards.unknown %s: %s, %s',
    async (_answer, script, onFailure, unknown, status, error) => {
      const played = await open(
        'ready',
        { first: script, second: { look: [done()] } },
        { onFailure },
        {
          guards: `{ unknown: ${unknown} }`,
        },
      );
      const end = await played.toEnd();
      expect(end.job.steps['ready/first']).toMatchObject({ use: 'first', status });
      expect(end.error?.name).toBe(error);
      expect(end.job.steps['ready/second']?.status).toBe(error === undefined ? 'done' : undefined);
      const events = await stepEvents(played);
      expect(events.map(({ type, data }) => [type, data?.step])).toEqual([
        [`step-${status}`, 'first'],
        ...(error === undefined ? [['step-done', 'second']] : []),
      ]);
      // Delivered again, the task says the same.
      expect((await played.toEnd()).error).toEqual(end.error);
      expect(await stepEvents(played)).toEqual(events);
    },
  );

  it('names the missing role when Atlas forbids a change', async () => {
    const { error } = await (await open('after', { switch: { send: [refused(403)] } })).toEnd();
    expect(error?.message).toContain('Project Owner');
    expect(error?.message).toContain('Step "switch" (switch) of after failed');
  });

  it.each(['ready', 'before', 'verify', 'after'] as const)(
    'of %s stops those that come after it',
    async (stage) => {
      const scripts = { one: { look: [done()] }, two: { look: [failed()] }, three: { look: [done()] } };
      const { job, error } = await (await open(stage, scripts)).toEnd();
      expect(error?.message).toContain(`of ${stage} failed`);
      expect(error?.next).toBeTruthy();
      const statuses = ['one', 'two', 'three'].map((name) => job.steps[`${stage}/${name}`]?.status);
      expect(statuses).toEqual(['done', 'failed', undefined]);
    },
  );
});

describe('the time of a step', () => {
  it('is measured from its beginning, and the last look comes when it is over', async () => {
    const played = await open('ready', { slow: { look: [later(50)] } }, { timeout: 120 });
    const { job, error } = await played.toEnd();
    expect(played.at.clock.sleeps).toEqual([50, 50, 20]);
    expect(error?.name).toBe('StepTimeoutError');
    expect(error?.message).toContain('It was not done after 120 s. Not yet.');
    expect(job.steps['ready/slow']).toMatchObject({ seconds: 120, timedOut: true, status: 'failed' });
  });

  it('is not over before a look, however long the process was dead', async () => {
    const played = await open('ready', { slow: { look: [later(50), done()] } }, { timeout: 120 });
    expect(await played.deliver()).toMatchObject({ next: 'wait', waitSeconds: 50 });
    played.at.clock.advance(50_000);
    expect((await played.toEnd()).job.steps['ready/slow']).toMatchObject({ status: 'done' });
  });

  it('holds for errors that pass as well: a step that only warns fails no job with them', async () => {
    const unreachable = new AtlasUnreachableError(LOOK, 'cloud.mongodb.com:443', 'connection refused');
    const { job, error } = await (
      await open('ready', { far: { look: [unreachable] } }, { onFailure: 'warn', timeout: 60 })
    ).toEnd();
    expect(error).toBeUndefined();
    expect(job.steps['ready/far']).toMatchObject({ status: 'warned', timedOut: true });
    expect(job.steps['ready/far']?.message).toContain('connection refused');
  });

  it('leaves room for an error that passes to pass', async () => {
    const limited = refused(429, LOOK);
    const { job } = await (await open('ready', { busy: { look: [limited, limited, done()] } })).toEnd();
    expect(job.steps['ready/busy']).toMatchObject({ status: 'done' });
  });
});

describe('a change', () => {
  it('is sent once and looked at until it is so', async () => {
    const taken = {
      outcome: 'wait',
      sent: true,
      waitSeconds: 20,
      message: 'Asked.',
      evidence: { id: 'p1' },
    } as const;
    const played = await open('after', {
      peer: { send: [taken], look: [later(20), later(20), done('AVAILABLE.')] },
    });
    const { job } = await played.toEnd();
    expect(played.practice.calls).toEqual(['send peer', 'look peer', 'look peer', 'look peer']);
    expect(job.steps['after/peer']).toMatchObject({
      status: 'done',
      message: 'AVAILABLE.',
      evidence: { id: 'p1' },
      seconds: 60,
    });
  });

  it('that is done at once is looked at all the same when its kind looks', async () => {
    const played = await open('after', { key: { send: [done('Asked.')], look: [done('Valid.')] } });
    const { job } = await played.toEnd();
    expect(played.practice.calls).toEqual(['send key', 'look key']);
    expect(job.steps['after/key']?.message).toBe('Valid.');
  });

  it('that Atlas does not take yet is sent again', async () => {
    const played = await open('after', { index: { send: [later(30), later(30), done()] } });
    await played.toEnd();
    expect(played.practice.calls).toEqual(['send index', 'send index', 'send index']);
    expect(played.at.clock.sleeps).toEqual([30, 30]);
  });

  it('whose reply is lost is sent again, and its work tells that it is so already', async () => {
    const lost = new AtlasReplyLostError(CALL, 'the connection broke', undefined);
    const played = await open('after', { role: { send: [lost, done('It was there already.')] } });
    const { job } = await played.toEnd();
    expect(job.steps['after/role']).toMatchObject({ status: 'done', message: 'It was there already.' });
    expect(await stepEvents(played)).toHaveLength(1);
  });

  it('whose replies get lost again and again is not asked for for ever, and nothing is claimed', async () => {
    const lost = new AtlasReplyLostError(CALL, 'the connection broke', undefined);
    const played = await open('after', { tokens: { send: [lost] } });
    const { error } = await played.toEnd();
    expect(played.practice.calls).toEqual(['send tokens', 'send tokens', 'send tokens']);
    expect(error).toMatchObject({ name: 'StepFailedError' });
    expect(error?.message).toContain('Whether Atlas carried it out is not known.');
  });

  it.each([
    ['lost', new AtlasReplyLostError(CALL, 'the connection broke', undefined)],
    ['nonsense', new AtlasReplyError(CALL, 'not JSON')],
  ])('that is to be sent once is not sent again when the answer is %s', async (_answer, unclear) => {
    const played = await open('after', { tokens: { send: [unclear, done()], once: true } });
    const { job, error } = await played.toEnd();
    expect(played.practice.calls).toEqual(['send tokens']);
    expect(job.steps['after/tokens']).toMatchObject({ status: 'failed', lost: 1 });
    expect(error?.message).toMatch(/may have been carried out.*look in Atlas before repeating/);
  });

  it('that is to be sent once is not sent again after a crash, but is after a clear "not now"', async () => {
    const played = await open('after', { tokens: { send: [refused(429), done()], once: true } });
    await played.deliver();
    expect(played.practice.calls).toEqual(['send tokens']);
    const job = await played.at.jobs.get(played.jobId);
    const now = new Date(played.at.clock.now()).toISOString();
    const intent = { use: 'tokens', status: 'running', startedAt: now, sentAt: now } as const;
    const crashed = await played.at.jobs.save({ ...job, steps: { 'after/tokens': intent } });
    played.at.clock.advance(121);
    const { error } = await played.toEnd();
    expect(played.practice.calls).toEqual(['send tokens']);
    expect(error?.message).toMatch(/may have been carried out.*look in Atlas before repeating/);
    const { version } = await played.at.jobs.get(played.jobId);
    await played.at.jobs.save({ ...crashed, version, steps: job.steps });
    const again = await played.toEnd();
    expect(again.job.steps['after/tokens']?.status).toBe('done');
  });

  it('is told that it is sent again, and when', async () => {
    const lost = new AtlasReplyLostError(CALL, 'the connection broke', undefined);
    const played = await open('after', { role: { send: [done()], look: [done()] } });
    const told: unknown[] = [];
    const turns = [lost, refused(429), later(10), undefined];
    const works = {
      role: {
        send: (_settings: unknown, { resent, sentAt, now }: StepContext) => {
          told.push([resent, sentAt === now]);
          const turn = turns[told.length - 1];
          if (turn instanceof Error) throw turn;
          return Promise.resolve(turn ?? done());
        },
        look: (_settings: unknown, { resent, sentAt }: StepContext) => {
          told.push([resent, sentAt !== undefined]);
          return Promise.resolve(done());
        },
      },
    };
    const { RunAfterSteps } = stepTasks(withWorks(played.practice.library, works));
    for (let round = 0; round < 5; round += 1) {
      const { waitSeconds } = await RunAfterSteps({ jobId: played.jobId }, played.at.context);
      await played.at.clock.sleep(waitSeconds * 1000);
    }
    expect(told).toEqual([
      [false, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it('found without an answer counts as lost, whatever the next request is told', async () => {
    const played = await open('after', { role: { send: [refused(429), done()] } });
    const job = await played.at.jobs.get(played.jobId);
    const now = new Date(played.at.clock.now()).toISOString();
    const intent = { use: 'role', status: 'running', startedAt: now, sentAt: now } as const;
    await played.at.jobs.save({ ...job, steps: { 'after/role': intent } });
    played.at.clock.advance(121);
    expect((await played.toEnd()).job.steps['after/role']).toMatchObject({ status: 'done', lost: 1 });
  });

  it('is written down before it is sent', async () => {
    const played = await open('after', { role: { send: [() => (seen.push('sent'), done())] } });
    const seen: string[] = [];
    const { jobs } = played.at;
    const context = {
      ...played.at.context,
      jobs: {
        ...jobs,
        save: async <Kind extends Job>(job: Kind) => {
          seen.push(
            `${job.steps['after/role']?.status ?? '-'} ${job.steps['after/role']?.sentAt === undefined ? '' : 'with intent'}`,
          );
          return jobs.save(job);
        },
      },
    };
    await stepTasks(played.practice.library).RunAfterSteps({ jobId: played.jobId }, context);
    expect(seen).toEqual(['running with intent', 'sent', 'done with intent']);
  });

  it('delivered twice at the same time is sent by one; the other waits for what it learns', async () => {
    const played = await open('after', { role: { send: [done()] } });
    await Promise.all([played.deliver(), played.deliver()]);
    await played.toEnd();
    expect(played.practice.calls).toEqual(['send role']);
  });

  it('that another delivery is sending is waited for, and sent again once that request is surely gone', async () => {
    const played = await open('after', { role: { send: [done()] } });
    const job = await played.at.jobs.get(played.jobId);
    const now = new Date(played.at.clock.now()).toISOString();
    const intent = { use: 'role', status: 'running', startedAt: now, sentAt: now } as const;
    await played.at.jobs.save({ ...job, steps: { 'after/role': intent } });
    expect(await played.deliver()).toMatchObject({ next: 'wait' });
    expect(played.practice.calls).toEqual([]);
    played.at.clock.advance(121);
    await played.toEnd();
    expect(played.practice.calls).toEqual(['send role']);
  });

  it('is not forgotten when somebody asks to cancel while it is sent', async () => {
    const played = await open('after', { role: { send: [done()] } });
    const { at, jobId, practice } = played;
    const works = {
      role: {
        send: async () => {
          await cancelJob(jobId, { by: 'tester', reason: 'changed my mind' }, at.jobs, at.clock);
          return done('Made.');
        },
      },
    };
    await stepTasks(withWorks(practice.library, works)).RunAfterSteps({ jobId }, at.context);
    expect(await at.jobs.get(jobId)).toMatchObject({
      steps: { 'after/role': { status: 'done', message: 'Made.' } },
      cancel: { by: 'tester' },
    });
  });

  describe('when another process gives the job up while it is sent', () => {
    const caught = {
      Error: 'JobTimeLimitError',
      Cause: '{"name":"JobTimeLimitError","message":"Too long."}',
    };

    /** Sends the step; what it sends takes so long that these tasks are through before it comes back. */
    async function sendWhile(names: readonly ('CleanUp' | 'CloseJob')[]): Promise<Played> {
      const played = await open('after', { role: { send: [done()] } });
      const { at, jobId, practice } = played;
      const send = async () => {
        for (const name of names) await TASKS[name]({ jobId, caught }, at.context);
        return done('Made.');
      };
      await stepTasks(withWorks(practice.library, { role: { send } })).RunAfterSteps({ jobId }, at.context);
      return played;
    }

    it('is told of by whoever closes the job', async () => {
      const { at, jobId } = await sendWhile(['CleanUp']);
      await TASKS.CloseJob({ jobId }, at.context);
      const job = await at.jobs.get(jobId);
      expect(job.failure?.changed).toContain('Steps of after: done: role.');
      expect((await at.jobs.timeline(jobId)).map(({ type }) => type)).toContain('step-done');
    });

    it('is unknown in a job that was closed without it, whatever its answer is afterwards', async () => {
      const { at, jobId } = await sendWhile(['CleanUp', 'CloseJob']);
      const job = await at.jobs.get(jobId);
      expect(job.steps).toMatchObject({ 'after/role': { status: 'unknown' } });
      expect(job.failure?.changed).toMatch(/Steps of after: .*role/);
    });
  });

  it('of a kind that this Lifeboat does not know fails, and says so', async () => {
    const played = await open('after', { known: { look: [done()] } }, { use: 'teleport' });
    const { error } = await played.toEnd();
    expect(error?.message).toContain('no kind of step called teleport');
  });
});

describe('the steps of cleanup', () => {
  it('are all tried, and the failed one fails a job that had not failed', async () => {
    const scripts = { one: { look: [failed()] }, two: { look: [refused(403)] }, three: { look: [done()] } };
    const { job, error } = await (await open('cleanup', scripts)).toEnd();
    expect(Object.values(job.steps).map(({ status }) => status)).toEqual(['failed', 'unknown', 'done']);
    expect(error).toMatchObject({ name: 'StepFailedError' });
  });

  it('leave the failure of a job that had failed as it was', async () => {
    const played = await open('cleanup', { one: { look: [failed()] } });
    const job = await played.at.jobs.get(played.jobId);
    const failure = { name: 'RestoreFailedError', message: 'It failed.', at: job.createdAt };
    await played.at.jobs.save({ ...job, failure });
    const end = await played.toEnd();
    expect(end.error).toBeUndefined();
    expect(end.job.failure).toEqual(failure);
  });

  it('keep what the clean-up before them ran into', async () => {
    const played = await open('cleanup', { one: { look: [done()] } });
    const caught = { Error: 'AtlasError', Cause: JSON.stringify({ name: 'AtlasError', message: 'No.' }) };
    const { RunCleanupSteps } = stepTasks(played.practice.library);
    await RunCleanupSteps({ jobId: played.jobId, caught }, played.at.context);
    expect((await played.at.jobs.get(played.jobId)).failure).toMatchObject({
      name: 'AtlasError',
      message: 'No.',
    });
  });

  it('run for a job that was cancelled or is out of time', async () => {
    const played = await open('cleanup', { one: { look: [done()] } });
    await cancelJob(played.jobId, { by: 'tester', reason: 'enough' }, played.at.jobs, played.at.clock);
    played.at.clock.advance(100 * 86_400);
    const end = await played.toEnd();
    expect(end.error).toBeUndefined();
    expect(end.job.steps['cleanup/one']?.status).toBe('done');
  });

  describe('while the restore may be under way', () => {
    const restoreIntent = {
      at: '2026-08-10T02:00:00.000Z',
      attempt: 1,
      delivery: 'automated',
      alreadyThere: [],
    } as const;
    const scripts = { nodes: { send: [done()], destroys: true }, pin: { send: [done()] } } as const;
    const began = async (changes: Partial<RestoreJob>) => {
      const played = await open('cleanup', scripts);
      const job = asRestore(await played.at.jobs.get(played.jobId));
      await played.at.jobs.save({ ...job, restoreIntent, ...changes });
      const end = await played.toEnd();
      const types = (await played.at.jobs.timeline(played.jobId)).map(({ type }) => type);
      return { ...end, types, calls: played.practice.calls };
    };

    it('destroy nothing, and the timeline says so once', async () => {
      const { job, error, types, calls } = await began({});
      expect(calls).toEqual(['send pin']);
      expect(job.steps['cleanup/nodes']).toMatchObject({ status: 'failed' });
      expect(job.steps['cleanup/nodes']?.sentAt).toBeUndefined();
      expect(error?.message).toContain('the restore may be under way');
      expect(types.filter((type) => type === 'cleanup-during-restore')).toHaveLength(1);
    });

    it.each([
      ['it finished', { atlas: { restoreFinishedAt: '2026-08-10T02:30:00.000Z' } }],
      [
        'Atlas said that it failed',
        { failure: { name: 'RestoreFailedError', message: 'No.', at: '2026-08-10T02:30:00.000Z' } },
      ],
    ])('are all sent once %s', async (_why, changes) => {
      const { types, calls } = await began(changes);
      expect(calls).toEqual(['send nodes', 'send pin']);
      expect(types).not.toContain('cleanup-during-restore');
    });
  });

  it('are left out when nothing was changed, and the timeline says so', async () => {
    const played = await open('cleanup', { one: { look: [done()] } });
    const job = await played.at.jobs.get(played.jobId);
    await played.at.jobs.save(JSON.parse(JSON.stringify({ ...job, guardsPassedAt: undefined })) as Job);
    await played.toEnd();
    await played.toEnd();
    expect(played.practice.calls).toEqual([]);
    const types = (await played.at.jobs.timeline(played.jobId)).map(({ type }) => type);
    expect(types).toEqual(['cleanup-skipped']);
  });
});

it('a stage without steps is passed at once', async () => {
  for (const stage of STAGES) {
    const played = await open(stage, {});
    expect(await played.deliver()).toMatchObject({ next: 'go' });
    expect(await played.at.jobs.timeline(played.jobId)).toEqual([]);
    await played.at.close();
  }
});

it('the answers of verify are checks of the job, and the data is back only after them', async () => {
  const played = await open(
    'verify',
    {
      users: { look: [done('The same.')] },
      size: { look: [failed('Smaller.')] },
      audit: { look: [blind('Forbidden.')] },
    },
    { onFailure: 'warn' },
  );
  expect((await played.deliver()).next).toBe('again');
  expect(asRestore(await played.at.jobs.get(played.jobId)).restoredAt).toBeUndefined();
  const { job } = await played.toEnd();
  expect(job.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['users', 'pass'],
    ['size', 'fail'],
    ['audit', 'unknown'],
  ]);
  expect(job.checks[1]?.message).toBe('Smaller. The runbook takes this as a warning.');
  expect(asRestore(job).restoredAt).toBeDefined();
});

it('what a step answers is cut to what a record can hold', async () => {
  const evidence = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, 'x'.repeat(5000)]));
  const long = { outcome: 'done', message: 'm'.repeat(50_000), evidence } as const;
  const { job } = await (await open('ready', { talker: { look: [long] } })).toEnd();
  expect(JSON.stringify(job.steps).length).toBeLessThan(25_000);
});
