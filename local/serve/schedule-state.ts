import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ScheduleStateError } from './errors.ts';

/** How far a schedule has been kept. Instants are milliseconds since the UNIX epoch. */
const kept = z.object({
  expression: z.string(),
  timezone: z.string(),
  /** When the server first saw it as it is: `rate` counts from here. */
  beganAt: z.number(),
  /** The last time that it was due and that was dealt with. */
  dealtWith: z.number().optional(),
  /** A run that was due and waits for something, and until when it may wait. */
  waiting: z.object({ due: z.number(), until: z.number() }).optional(),
  /** How often it was begun anew because the clock of the machine had been ahead; absent for never. */
  restarts: z.number().optional(),
  /** The job of the last run. */
  lastJob: z.string().optional(),
});
/** How far a schedule has been kept. */
export type KeptSchedule = z.output<typeof kept>;

const state = z.record(z.string(), kept);
/** How far each schedule has been kept, by the name of its runbook. */
export type ScheduleState = Readonly<Record<string, KeptSchedule>>;

/**
 * What a home knows of its schedules; nothing when its file is not there.
 *
 * @throws ScheduleStateError when the file cannot be read or is damaged.
 */
export async function readScheduleState(home: string): Promise<ScheduleState> {
  try {
    return state.parse(JSON.parse(await readFile(fileOf(home), 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    const what =
      error instanceof SyntaxError || error instanceof z.ZodError ? 'is damaged' : 'cannot be read';
    throw new ScheduleStateError(
      `${fileOf(home)}, which holds how far each schedule has been kept, ${what}.`,
      {
        changed: 'No scheduled job is started until it can be read.',
        next:
          what === 'is damaged'
            ? 'Restore the file from a backup, or delete it: each schedule then begins anew from now on.'
            : `Give read access to it (${code ?? 'unknown reason'}), then start lifeboat serve again.`,
        cause: error,
      },
    );
  }
}

/**
 * Writes it: the whole of it or nothing, also when the process dies meanwhile.
 *
 * @throws ScheduleStateError when the file cannot be written.
 */
export async function writeScheduleState(home: string, written: ScheduleState): Promise<void> {
  const file = fileOf(home);
  try {
    await writeFile(`${file}.new`, JSON.stringify(written, null, 2), { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ScheduleStateError(
      `How far each schedule has been kept could not be written to ${file}: ${code}.`,
      {
        changed: 'The schedule that was due was not started.',
        next: 'Make room on the disk, or give write access to the folder; Lifeboat tries again within a minute.',
        cause: error,
      },
    );
  }
}

function fileOf(home: string): string {
  return join(home, 'schedules.json');
}
