import { LifeboatError } from '../core/errors.ts';
import { scaledClock, wallClock, type PacedClock } from './scaled-clock.ts';

/** A speed was asked for where time can't be sped up. */
export class SpeedRefusedError extends LifeboatError {
  override readonly name = 'SpeedRefusedError';
  override readonly retryable = false;
}

/** What the choice of a clock rests on. */
export interface ClockQuestion {
  /** Where Atlas is. */
  readonly baseUrl: string;
  /** The speed that was asked for, if one was. */
  readonly speed?: number | undefined;
  /** Milliseconds since the UNIX epoch that the clock must not begin before. */
  readonly notBefore?: number | undefined;
}

/** A simulator on this machine answers at once or not at all. Milliseconds. */
const PATIENCE = 2_000;

/**
 * The clock to run a job with: the machine's own for an Atlas elsewhere; for one on this machine, a simulator's time and
 * speed if it has any, and otherwise the machine's time at the speed that was asked for.
 *
 * @throws SpeedRefusedError when a speed is asked for and Atlas is not on this machine.
 */
export async function chooseClock({ baseUrl, speed, notBefore = 0 }: ClockQuestion): Promise<PacedClock> {
  refuseSpeedElsewhere(baseUrl, speed);
  if (!isOnThisMachine(baseUrl)) return wallClock();
  const told = await simulatorClock(baseUrl);
  if (told !== undefined) return scaledClock(speed ?? told.speed, told.now);
  const startAt = Math.max(Date.now(), notBefore);
  return speed === undefined && startAt === Date.now() ? wallClock() : scaledClock(speed ?? 1, startAt);
}

/** @throws SpeedRefusedError when a speed is asked for and Atlas is not on this machine. */
export function refuseSpeedElsewhere(baseUrl: string, speed: number | undefined): void {
  if (speed === undefined || isOnThisMachine(baseUrl)) return;
  throw new SpeedRefusedError(
    `The time of ${new URL(baseUrl).host} can't be sped up: it is not a simulator on this machine.`,
    {
      changed: 'Nothing was changed.',
      next: 'Leave --speed out, or add --simulate.',
    },
  );
}

/** Whether a URL is of this machine: Atlas itself never is, so what answers there is a simulator or a replay. */
export function isOnThisMachine(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The time (milliseconds since the UNIX epoch) and the speed of the simulator at a URL; undefined when it is none. */
async function simulatorClock(baseUrl: string): Promise<{ now: number; speed: number } | undefined> {
  try {
    const reply = await fetch(`${baseUrl}/simulator/clock`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!reply.ok) return undefined;
    const { now, speed } = (await reply.json()) as { now?: unknown; speed?: unknown };
    const instant = Date.parse(String(now));
    return Number.isFinite(instant) && typeof speed === 'number' && speed > 0
      ? { now: instant, speed }
      : undefined;
  } catch {
    // Nobody there, or somebody else: the first call to Atlas will tell.
    return undefined;
  }
}
