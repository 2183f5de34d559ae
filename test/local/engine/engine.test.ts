import { describe, expect, it } from 'vitest';
import type { Task, TaskContext } from '../../../core/tasks/context.ts';
import { createEngine } from '../../../local/engine/engine.ts';
import { parseWorkflow } from '../../../workflows/workflow.ts';
import { manualClock } from '../../support/manual-clock.ts';

const WORKFLOW = parseWorkflow(`
StartAt: Look
States:
  Look:
    Type: Task
    Resource: \${Look}
    TimeoutSeconds: 60
    Retry:
      - { ErrorEquals: [RetryableTaskError], IntervalSeconds: 5, MaxAttempts: 3 }
    Catch:
      - { ErrorEquals: [States.ALL], ResultPath: $.caught, Next: CleanUp }
    Next: IsDone
  IsDone:
    Type: Choice
    Choices:
      - { Variable: $.next, StringEquals: wait, Next: Pause }
    Default: Done
  Pause:
    Type: Wait
    SecondsPath: $.waitSeconds
    Next: Look
  CleanUp:
    Type: Task
    Resource: \${CleanUp}
    TimeoutSeconds: 60
    Next: Done
  Done:
    Type: Succeed
`);

const context = {} as TaskContext;
const cleanUp: Task = ({ jobId }) => Promise.resolve({ jobId, next: 'go', waitSeconds: 0 });

/** A task that asks for each wait in turn, and then goes on. */
function looking(waits: number[]): Task {
  return ({ jobId }) => {
    const waitSeconds = waits.shift();
    return Promise.resolve(
      waitSeconds === undefined
        ? { jobId, next: 'go', waitSeconds: 0 }
        : { jobId, next: 'wait', waitSeconds },
    );
  };
}

const ASKING = parseWorkflow(`
StartAt: Ask
States:
  Ask:
    Type: Task
    Resource: \${Ask}
    TimeoutSeconds: 60
    Next: Await
  Await:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
    Parameters:
      FunctionName: \${Await}
      Payload: { jobId.$: $.jobId, taskToken.$: $$.Task.Token }
    TimeoutSecondsPath: $.waitSeconds
    ResultPath: null
    Retry:
      - { ErrorEquals: [RetryableTaskError], IntervalSeconds: 5, MaxAttempts: 3 }
    Catch:
      - { ErrorEquals: [States.Timeout], ResultPath: null, Next: TooLate }
      - { ErrorEquals: [States.ALL], ResultPath: $.caught, Next: CleanUp }
    Next: Done
  TooLate:
    Type: Task
    Resource: \${TooLate}
    TimeoutSeconds: 60
    Next: Done
  CleanUp:
    Type: Task
    Resource: \${CleanUp}
    TimeoutSeconds: 60
    Next: Done
  Done:
    Type: Succeed
`);

describe('the embedded engine', () => {
  it('sleeps the waits that tasks ask for on the clock it is given', async () => {
    const clock = manualClock();
    const begun = clock.now();
    const engine = createEngine(WORKFLOW, { Look: looking([15, 86_399, 3]), CleanUp: cleanUp });
    expect(await engine.run('job', context, clock, new AbortController().signal)).toBe('ended');
    expect(clock.sleeps).toEqual([15, 86_399, 3]);
    expect(clock.now() - begun).toBe(86_417_000);
  });

  it('hands each task its own copy of the state, as JSON does on AWS', async () => {
    const seen: unknown[] = [];
    const look: Task = (input) => {
      seen.push({ ...input });
      (input as { jobId: string }).jobId = 'spoilt';
      return Promise.resolve({ jobId: 'job', next: seen.length < 2 ? 'wait' : 'go', waitSeconds: 1 });
    };
    const engine = createEngine(WORKFLOW, { Look: look, CleanUp: cleanUp });
    await engine.run('job', context, manualClock(), new AbortController().signal);
    expect(seen).toEqual([{ jobId: 'job' }, { jobId: 'job' }]);
  });

  it('tries again what is worth it, and hands everything else to the clean-up', async () => {
    const caught: unknown[] = [];
    let tries = 0;
    const look: Task = () => {
      tries += 1;
      return Promise.reject(
        Object.assign(new Error('told'), { name: tries < 3 ? 'RetryableTaskError' : 'FinalError' }),
      );
    };
    const clean: Task = (input) => {
      caught.push(input.caught);
      return cleanUp(input, context);
    };
    await createEngine(WORKFLOW, { Look: look, CleanUp: clean }).run(
      'job',
      context,
      manualClock(),
      new AbortController().signal,
    );
    expect(tries).toBe(3);
    expect(caught).toEqual([{ Error: 'FinalError', Cause: 'told' }]);
  });

  it('stops in a wait when asked to, without taking that for a failure', async () => {
    const stop = new AbortController();
    const ran: string[] = [];
    const clock = {
      ...manualClock(),
      sleep: () => {
        stop.abort();
        return Promise.reject(new Error('aborted'));
      },
    };
    const engine = createEngine(WORKFLOW, {
      Look: (input, given) => {
        ran.push('Look');
        return looking([60])(input, given);
      },
      CleanUp: (input, given) => {
        ran.push('CleanUp');
        return cleanUp(input, given);
      },
    });
    expect(await engine.run('job', context, clock, stop.signal)).toBe('interrupted');
    expect(ran).toEqual(['Look']);
  });

  it('lets the task under way finish before it says that it stopped', async () => {
    const stop = new AbortController();
    const ran: string[] = [];
    const look: Task = async ({ jobId }) => {
      ran.push('begun');
      stop.abort();
      await new Promise((resolve) => setImmediate(resolve));
      ran.push('finished');
      return { jobId, next: 'go', waitSeconds: 0 };
    };
    const engine = createEngine(WORKFLOW, { Look: look, CleanUp: cleanUp });
    expect(await engine.run('job', context, manualClock(), stop.signal)).toBe('interrupted');
    expect(ran).toEqual(['begun', 'finished']);
  });

  it('begins no task any more once it was asked to stop, however many jobs wait for their turn', async () => {
    const stop = new AbortController();
    let begun = 0;
    const look: Task = async ({ jobId }) => {
      begun += 1;
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      return { jobId, next: 'go', waitSeconds: 0 };
    };
    const engine = createEngine(WORKFLOW, { Look: look, CleanUp: cleanUp });
    const jobs = Array.from({ length: 300 }, (_, nth) =>
      engine.run(`job-${nth}`, context, manualClock(), stop.signal),
    );
    expect(new Set(await Promise.all(jobs))).toEqual(new Set(['interrupted']));
    expect(begun).toBeGreaterThan(1);
    expect(begun).toBeLessThan(100);
  });
});

describe('a state that waits for a token', () => {
  /** Runs the workflow; `looks` are what the task that is asked answers in turn, the last again and again. */
  async function play(looks: readonly ('go' | 'wait' | Error)[], waitSeconds = 3600, speed = 1) {
    const clock = { ...manualClock(), speed };
    const begun = clock.now();
    const tokens: (string | undefined)[] = [];
    const reached: string[] = [];
    const reach =
      (name: string): Task =>
      (input) => {
        reached.push(`${name}${input.caught === undefined ? '' : ` ${input.caught.Error}`}`);
        return Promise.resolve({ jobId: input.jobId, next: 'go', waitSeconds: 0 });
      };
    const engine = createEngine(ASKING, {
      Ask: ({ jobId }) => Promise.resolve({ jobId, next: 'ask', waitSeconds }),
      Await: ({ jobId, taskToken }) => {
        tokens.push(taskToken);
        const look = looks[Math.min(tokens.length, looks.length) - 1] ?? 'wait';
        if (look instanceof Error) return Promise.reject(look);
        return Promise.resolve({ jobId, next: look, waitSeconds: 0 });
      },
      TooLate: reach('TooLate'),
      CleanUp: reach('CleanUp'),
    });
    expect(await engine.run('job', context, clock, new AbortController().signal)).toBe('ended');
    return { clock, tokens, reached, seconds: (clock.now() - begun) / 1000 };
  }

  it('ends as soon as its task says that there is something to see', async () => {
    const { clock, tokens, reached } = await play(['wait', 'wait', 'go']);
    expect(clock.sleeps).toEqual([1, 1]);
    expect(reached).toEqual([]);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/./);
  });

  it('looks about once a second of the machine, however fast the clock of the job runs', async () => {
    const { clock } = await play(['wait', 'wait', 'go'], 3600, 60);
    expect(clock.sleeps).toEqual([60, 60]);
  });

  it('is over with its time, to the second, and goes the way of States.Timeout', async () => {
    const { clock, reached, seconds } = await play(['wait'], 100, 60);
    expect(clock.sleeps).toEqual([60, 40]);
    expect(seconds).toBe(100);
    expect(reached).toEqual(['TooLate']);
  });

  it('looks once more when its time is over', async () => {
    const { reached } = await play(['wait', 'wait', 'go'], 100, 60);
    expect(reached).toEqual([]);
  });

  it('tries its task again where the workflow says so, and hands other errors to the clean-up', async () => {
    const retryable = Object.assign(new Error('told'), { name: 'RetryableTaskError' });
    expect((await play([retryable, 'go'])).reached).toEqual([]);
    const final = Object.assign(new Error('told'), { name: 'FinalError' });
    expect((await play([final])).reached).toEqual(['CleanUp FinalError']);
  });

  it('stays where it is when the process is asked to stop', async () => {
    const stopping = new AbortController();
    const reached: string[] = [];
    const clock = {
      ...manualClock(),
      sleep: () => {
        stopping.abort();
        return Promise.reject(new Error('aborted'));
      },
    };
    const engine = createEngine(ASKING, {
      Ask: ({ jobId }) => Promise.resolve({ jobId, next: 'ask', waitSeconds: 60 }),
      Await: ({ jobId }) => Promise.resolve({ jobId, next: 'wait', waitSeconds: 0 }),
      TooLate: cleanUp,
      CleanUp: (input, given) => {
        reached.push('CleanUp');
        return cleanUp(input, given);
      },
    });
    expect(await engine.run('job', context, clock, stopping.signal)).toBe('interrupted');
    expect(reached).toEqual([]);
  });
});
