import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scaledClock } from '../../local/scaled-clock.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { BuiltPackage } from './package.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/drill.yaml', import.meta.url));

/** So fast that the wait before the first look at a restore takes some hundredths of a second. */
const SPEED = 1_000;
/** Milliseconds between two looks at what Atlas was asked, and how long a drill may take. */
const RESOLUTION = 2;
const PATIENCE = 60_000;

/** Milliseconds from the start of `lifeboat run` to what Atlas saw of it. */
export interface FirstLook {
  /** The first look at a cluster; signing in comes before it. */
  readonly atlasAsked: number;
  /** The request to restore: everything before it was looked at and found good. */
  readonly restoreAskedFor: number;
  /** The first look at how far the restore is. */
  readonly restoreFollowed: number;
}

/** Runs the drill of the examples against a simulated Atlas in this process. */
export async function timeFirstLook({ main, folder }: BuiltPackage): Promise<FirstLook> {
  const simulator = await startSimulator({ clock: scaledClock(SPEED, Date.now()), seed: 1, speed: SPEED });
  const home = join(folder, 'first-look');
  try {
    const begun = performance.now();
    const child = spawn(process.execPath, [main, '--home', home, 'run', EXAMPLE, '--quiet'], {
      env: { PATH: process.env.PATH, ...environmentOf(simulator) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number]>;
    const seen = await watch(simulator, begun);
    const [code] = await ended;
    if (code !== 0) throw new Error(`The drill ended with ${code}.`);
    return seen;
  } finally {
    await simulator.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function watch(simulator: Simulator, begun: number): Promise<FirstLook> {
  const seen = new Map<string, number>();
  const at = (operation: string) => seen.get(operation) ?? NaN;
  while (!seen.has('getBackupRestoreJob')) {
    const now = performance.now() - begun;
    for (const { operation } of simulator.requests()) if (!seen.has(operation)) seen.set(operation, now);
    if (now > PATIENCE) throw new Error('No look at the restore was seen.');
    await setTimeout(RESOLUTION);
  }
  return {
    atlasAsked: at('getCluster'),
    restoreAskedFor: at('createBackupRestoreJob'),
    restoreFollowed: at('getBackupRestoreJob'),
  };
}

function environmentOf({ baseUrl, credentials }: Simulator): Record<string, string> {
  return {
    MONGODB_ATLAS_BASE_URL: baseUrl,
    MONGODB_ATLAS_CLIENT_ID: credentials.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: credentials.clientSecret,
  };
}
