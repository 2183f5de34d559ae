import type { Scenario } from '../scenarios.ts';
import { playReally } from './kill.ts';
import type { KillPoint } from './orders.ts';

/** What came of killing the processes of a scenario. */
export interface KillResults {
  readonly name: string;
  /** Effects of a process that is let live. */
  readonly effects: number;
  readonly points: number;
  /** Of these the process was killed at; at the others its job had ended before. */
  readonly killed: number;
  readonly failures: readonly string[];
}

/** Kills that are waited for at once: most of their time they sleep. */
const AT_ONCE = 3;

/**
 * Kills the process of a scenario before and after its effects.
 *
 * @param wanted how many points, spread evenly, or `all`.
 */
export async function killReally(
  scenario: Scenario,
  wanted: string,
  say: (line: string) => void,
): Promise<KillResults> {
  const { effects, wrong } = await playReally(scenario);
  const points = spread(pointsOf(effects), wanted);
  const failures = wrong.map((line) => `${scenario.name}, not killed: ${line}`);
  let killed = 0;
  const left = [...points];
  const next = async (): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      const played = await playReally(scenario, point);
      killed += played.killed ? 1 : 0;
      const where = `${scenario.name}, killed ${point.side} effect ${point.effect}`;
      failures.push(...played.wrong.map((line) => `${where}: ${line}`));
      say(`${where}: ${played.wrong.length === 0 ? 'well' : played.wrong.join(' / ')}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { name: scenario.name, effects, points: points.length, killed, failures };
}

function pointsOf(effects: number): KillPoint[] {
  return Array.from({ length: effects }, (_, index) => index + 1).flatMap((effect) => [
    { effect, side: 'before' } as const,
    { effect, side: 'after' } as const,
  ]);
}

function spread(points: readonly KillPoint[], wanted: string): KillPoint[] {
  if (wanted === 'all') return [...points];
  const number = Math.min(Number(wanted), points.length);
  return Array.from(
    { length: number },
    (_, index) => points[Math.floor(((index + 0.5) * points.length) / number)]!,
  );
}
