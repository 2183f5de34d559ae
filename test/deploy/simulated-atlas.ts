import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram, until } from './programs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the simulator is started with. */
export interface SimulatedAtlasSettings {
  readonly work: string;
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
  /** Where functions read which time it is there. */
  readonly timeFile: string;
}

/**
 * Starts `lifeboat simulator` as a process of its own, and writes down its time for the functions.
 *
 * @returns credentials for it, by the names that the secret of the stack holds them under.
 */
export async function startSimulatedAtlas(settings: SimulatedAtlasSettings): Promise<Record<string, string>> {
  const { work, port, seed, speed, timeFile } = settings;
  const log = join(work, 'simulator.log');
  const options = ['--port', String(port), '--seed', String(seed), '--speed', String(speed)];
  const running = startProgram(
    process.execPath,
    ['--import', 'tsx', 'cli/main.ts', 'simulator', ...options],
    { cwd: ROOT, env: { PATH: process.env.PATH ?? '', HOME: work, TMPDIR: work }, log },
  );
  await until('the simulator answers', 60, async () => {
    const told = running.ended();
    if (told !== undefined) throw new Error(`The simulator did not start:\n${told}`);
    return writeTime(`http://127.0.0.1:${port}/simulator/clock`, timeFile);
  });
  return printed(log);
}

async function writeTime(url: string, timeFile: string): Promise<true | undefined> {
  const reply = await fetch(url).catch(() => undefined);
  if (reply === undefined) return undefined;
  const { now, speed } = (await reply.json()) as { now: string; speed: number };
  await writeFile(timeFile, JSON.stringify({ world: Date.now(), simulated: Date.parse(now), speed }));
  return true;
}

/** The credentials out of the lines that the simulator prints for a shell. */
async function printed(log: string): Promise<Record<string, string>> {
  const lines = (await readFile(log, 'utf8')).matchAll(/^export (MONGODB_ATLAS_CLIENT_\w+)=(.+)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}
