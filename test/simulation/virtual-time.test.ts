import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/random.ts';
import { StalledError, virtualTime } from './virtual-time.ts';

const BEGIN = Date.parse('2026-08-10T03:00:00Z');
const DAY = 86_400_000;
const open = (seed = 1) => virtualTime(BEGIN, seededRandom(seed));

describe('virtual time', () => {
  it('passes at once when everybody sleeps', async () => {
    const time = open();
    await time.play(async () => {
      await Promise.all([time.sleep(DAY), time.sleep(3 * DAY)]);
    });
    expect(time.now()).toBe(BEGIN + 3 * DAY);
  });

  it('lets things happen in the order of their instants', async () => {
    const time = open();
    const seen: number[] = [];
    const delays = [5, 3, 9, 1, 7];
    await time.play(() =>
      Promise.all(
        delays.map(async (delay) => {
          await time.sleep(delay);
          seen.push(time.now() - BEGIN);
        }),
      ),
    );
    expect(seen).toEqual([1, 3, 5, 7, 9]);
  });

  it('orders what happens at one instant by its seed', async () => {
    const orderOf = async (seed: number) => {
      const time = open(seed);
      const seen: number[] = [];
      const one = async (number: number) => {
        await time.sleep(10);
        seen.push(number);
      };
      await time.play(() => Promise.all([0, 1, 2, 3, 4, 5].map(one)));
      return seen.join('');
    };
    expect(await orderOf(3)).toBe(await orderOf(3));
    const orders = new Set(await Promise.all([1, 2, 3, 4, 5].map(orderOf)));
    expect(orders.size).toBeGreaterThan(1);
  });

  it('wakes a sleeper whose signal aborts, with its reason', async () => {
    const time = open();
    const slept = time.play(() => time.sleep(DAY, time.deadline(1000)));
    await expect(slept).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(time.now()).toBe(BEGIN + 1000);
  });

  it('has the timers of the machine, and gives them back', async () => {
    const time = open();
    const machine = globalThis.setTimeout;
    await time.play(async () => {
      const stopped = setTimeout(() => expect.unreachable(), 10);
      clearTimeout(stopped);
      await new Promise<void>((resolve) => setTimeout(resolve, 7 * DAY).unref());
    });
    expect(time.now()).toBe(BEGIN + 7 * DAY);
    expect(globalThis.setTimeout).toBe(machine);
  });

  it('says so when everybody waits for nothing', async () => {
    const waiting = open().play(() => new Promise<never>(() => undefined));
    await expect(waiting).rejects.toThrow(StalledError);
  });
});
