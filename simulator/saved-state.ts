import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { checkedFile, SimulatorFileError } from './simulator-file.ts';
import type { World } from './world.ts';

/** Only this program writes the file, so its shape is checked no further than to tell it from another file. */
const stateFile = z.looseObject({
  format: z.literal(2),
  seed: z.number(),
  savedAt: z.number(),
  serial: z.number(),
  clusters: z.array(z.unknown()),
  restoreJobs: z.array(z.unknown()),
});

/**
 * Reads the state that another process left.
 *
 * @returns undefined when there is no file.
 * @throws SimulatorFileError when the file is something else.
 */
export function loadState(path: string): World | undefined {
  const content = readState(path);
  if (content === undefined) return undefined;
  // An earlier release knew no inbox.
  return { inbox: [], ...checkedFile('state', stateFile, content) } as unknown as World;
}

/**
 * When the world in a state file was last saved, in milliseconds since the UNIX epoch: start its clock no earlier.
 *
 * @returns undefined when there is no file.
 * @throws SimulatorFileError when the file is something else.
 */
export function savedInstant(path: string): number | undefined {
  return loadState(path)?.savedAt;
}

/**
 * Writes the state so that a process killed at any moment leaves either the old or the new one, whole.
 * Readable by its owner alone, since practice credentials are in it.
 */
export function saveState(path: string, world: World, now: number): void {
  world.savedAt = Math.max(world.savedAt, now);
  const next = `${path}.next`;
  writeFileSync(next, JSON.stringify(world), { mode: 0o600 });
  renameSync(next, path);
}

function readState(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SimulatorFileError('state', [`${path} is not JSON`]);
  }
}
