import { describe, expect, it } from 'vitest';
import { retrying, withTimeout } from '../../../local/engine/retrying.ts';
import { retrierSchema } from '../../../workflows/workflow.ts';

const retrier = retrierSchema.parse({
  ErrorEquals: ['RetryableTaskError'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: 6,
  MaxDelaySeconds: 120,
});

function named(name: string): Error {
  return Object.assign(new Error('told'), { name });
}

/** Attempts that fail with these names, one after the other, and then succeed. */
function failing(names: string[]): () => Promise<string> {
  return () => {
    const name = names.shift();
    return name === undefined ? Promise.resolve('done') : Promise.reject(named(name));
  };
}

async function play(names: string[], retriers = [retrier]) {
  const slept: number[] = [];
  const outcome = await retrying(retriers, failing(names), (seconds) => {
    slept.push(seconds);
    return Promise.resolve();
  }).catch((error: unknown) => (error as Error).name);
  return { outcome, slept };
}

describe('retrying', () => {
  it('backs off further each time, up to the longest delay', async () => {
    expect(await play(Array<string>(6).fill('RetryableTaskError'))).toEqual({
      outcome: 'done',
      slept: [5, 10, 20, 40, 80, 120],
    });
  });

  it('gives up after the last attempt, with its error', async () => {
    const { outcome, slept } = await play(Array<string>(7).fill('RetryableTaskError'));
    expect(outcome).toBe('RetryableTaskError');
    expect(slept).toHaveLength(6);
  });

  it('does not try again what no retrier names', async () => {
    expect(await play(['GuardsFailedError'])).toEqual({ outcome: 'GuardsFailedError', slept: [] });
  });

  it('knows the names that stand for many', async () => {
    const all = retrierSchema.parse({ ErrorEquals: ['States.ALL'] });
    const failed = retrierSchema.parse({ ErrorEquals: ['States.TaskFailed'] });
    expect((await play(['States.Timeout', 'Anything'], [all])).outcome).toBe('done');
    expect((await play(['Anything'], [failed])).outcome).toBe('done');
    expect((await play(['States.Timeout'], [failed])).outcome).toBe('States.Timeout');
  });

  it('draws the delay when it has full jitter', async () => {
    const jittered = { ...retrier, JitterStrategy: 'FULL' as const };
    const { slept } = await play(Array<string>(6).fill('RetryableTaskError'), [jittered]);
    for (const [index, seconds] of slept.entries()) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThanOrEqual(Math.min(120, 5 * 2 ** index));
    }
  });
});

it('names a task that runs longer than its limit', async () => {
  await expect(withTimeout(0.001, new Promise(() => undefined))).rejects.toMatchObject({
    name: 'States.Timeout',
  });
  expect(await withTimeout(60, Promise.resolve('in time'))).toBe('in time');
});
