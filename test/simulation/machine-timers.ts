/** Something that was set to happen. */
export interface Alarm {
  cancel(): void;
}

/** Sets something to happen once so many milliseconds have gone by. */
export type After = (milliseconds: number, act: () => void) => Alarm;

/** What stands in for a timer of the machine. */
class VirtualTimer {
  readonly alarm: Alarm;

  constructor(alarm: Alarm) {
    this.alarm = alarm;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/**
 * Puts the timers of the machine on virtual time while some work lasts. The engine limits each task with one, and keeps one
 * for a week for each state; on the machine's time they would neither fire nor go.
 */
export async function withTimersOf<T>(after: After, work: () => Promise<T>): Promise<T> {
  const machine = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const virtual = {
    setTimeout: (act: () => void, milliseconds = 0) => new VirtualTimer(after(milliseconds, act)),
    clearTimeout: (timer: unknown) => {
      if (timer instanceof VirtualTimer) timer.alarm.cancel();
      else machine.clearTimeout(timer as NodeJS.Timeout | undefined);
    },
  };
  Object.assign(globalThis, virtual);
  try {
    return await work();
  } finally {
    Object.assign(globalThis, machine);
  }
}
