import type { Random } from '../../core/random.ts';
import { type After, type Alarm, withTimersOf } from './machine-timers.ts';

/** Time that passes only when everybody waits for it. */
export interface VirtualTime {
  /** Milliseconds since the UNIX epoch. */
  now(): number;
  /** Does something once so many milliseconds have gone by. */
  readonly after: After;
  /** @throws the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Aborts once so many milliseconds have gone by. */
  deadline(milliseconds: number): AbortSignal;
  /**
   * Plays until the work is done. Meanwhile the timers of the machine run on this time as well.
   *
   * @throws StalledError when the work waits for something that nobody is going to do, and whatever the work throws.
   */
  play<T>(work: () => Promise<T>): Promise<T>;
}

/** Everybody waits, and nothing is set to happen any more. */
export class StalledError extends Error {
  override readonly name = 'StalledError';
}

interface Event {
  readonly at: number;
  /** Orders events of one instant: as the seed has it, then as they were set. */
  readonly turn: number;
  readonly number: number;
  act: (() => void) | undefined;
}

/**
 * Time that begins at an instant, in milliseconds since the UNIX epoch. What happens at the same instant happens in an order
 * that the seed draws.
 */
export function virtualTime(begin: number, random: Random): VirtualTime {
  let now = begin;
  let set = 0;
  const queue: Event[] = [];
  const after = (milliseconds: number, act: () => void): Alarm => {
    const at = now + Math.max(0, milliseconds);
    const event: Event = { at, turn: random.next(), number: (set += 1), act };
    insert(queue, event);
    return { cancel: () => void (event.act = undefined) };
  };
  const time: VirtualTime = {
    now: () => Math.floor(now),
    after,
    sleep: (milliseconds, signal) => sleepOn(after, milliseconds, signal),
    deadline(milliseconds) {
      const controller = new AbortController();
      after(milliseconds, () => {
        controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      });
      return controller.signal;
    },
    play: (work) =>
      withTimersOf(after, async () => {
        const course = { isOver: false };
        const over = () => void (course.isOver = true);
        const working = work();
        working.then(over, over);
        for (;;) {
          // Nothing here waits for the machine, so all that can be done now is done before its next turn.
          await new Promise(setImmediate);
          if (course.isOver) return working;
          const event = next(queue);
          if (event === undefined) throw new StalledError('Everybody waits, and nothing is set to happen.');
          now = event.at;
          event.act?.();
        }
      }),
  };
  return time;
}

function sleepOn(after: After, milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal === undefined) return new Promise((resolve) => void after(milliseconds, resolve));
  return new Promise((resolve, reject) => {
    const stop = () => {
      alarm.cancel();
      reject(signal.reason as Error);
    };
    const alarm = after(milliseconds, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function isBefore(one: Event, other: Event): boolean {
  if (one.at !== other.at) return one.at < other.at;
  return one.turn === other.turn ? one.number < other.number : one.turn < other.turn;
}

/** A binary heap: the first is the next to happen. */
function insert(heap: Event[], event: Event): void {
  let place = heap.push(event) - 1;
  while (place > 0) {
    const above = (place - 1) >> 1;
    if (!isBefore(event, heap[above]!)) break;
    heap[place] = heap[above]!;
    place = above;
  }
  heap[place] = event;
}

/** Takes out the next one that was not cancelled. */
function next(heap: Event[]): Event | undefined {
  for (;;) {
    const first = heap[0];
    if (first === undefined) return undefined;
    const last = heap.pop()!;
    if (first !== last) sink(heap, last);
    if (first.act !== undefined) return first;
  }
}

function sink(heap: Event[], event: Event): void {
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
    if (!isBefore(heap[below]!, event)) break;
    heap[place] = heap[below]!;
    place = below;
  }
  heap[place] = event;
}
