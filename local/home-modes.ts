import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Read, write and enter, for the owner and the group; write for the group; and that new files take the folder's group. */
const OURS = 0o770;
const GROUP_WRITES = 0o020;
const SET_GROUP = 0o2000;

/**
 * The mode of a home that is shared; undefined for one that is its owner's alone. Whoever lets its group write to a home means
 * all that is in it.
 */
async function sharedMode(home: string): Promise<number | undefined> {
  const { mode } = await stat(home);
  return (mode & GROUP_WRITES) === 0 ? undefined : mode;
}

/** Makes a folder of the home if it is not there, for whoever the home is for. A home that was removed is not made again. */
export async function makeHomeFolder(home: string, name: string): Promise<void> {
  const folder = join(home, name);
  const isMade = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    },
  );
  const shared = await sharedMode(home);
  if (isMade && shared !== undefined) await chmod(folder, OURS | (shared & SET_GROUP));
}

/**
 * Writes a file of the home, for whoever the home is for.
 *
 * @param options `flush`: it is on the disk when this resolves.
 */
export async function writeHomeFile(
  home: string,
  path: string,
  contents: string,
  { flush = false }: { readonly flush?: boolean } = {},
): Promise<void> {
  await writeFile(path, contents, { mode: 0o600, flush });
  // What the process masks out of a mode is no longer what the home says.
  if ((await sharedMode(home)) !== undefined) await chmod(path, 0o660);
}
