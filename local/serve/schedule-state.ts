import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

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
  /** The job of the last run. */
  lastJob: z.string().optional(),
});
/** How far a schedule has been kept. */
export type KeptSchedule = z.output<typeof kept>;

const state = z.record(z.string(), kept);
/** How far each schedule has been kept, by the name of its runbook. */
export type ScheduleState = Readonly<Record<string, KeptSchedule>>;

/** What a home knows of its schedules; nothing when its file is not there. */
export async function readScheduleState(home: string): Promise<ScheduleState> {
  try {
    return state.parse(JSON.parse(await readFile(fileOf(home), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Writes it: the whole of it or nothing, also when the process dies meanwhile. */
export async function writeScheduleState(home: string, written: ScheduleState): Promise<void> {
  const file = fileOf(home);
  await writeFile(`${file}.new`, JSON.stringify(written, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function fileOf(home: string): string {
  return join(home, 'schedules.json');
}
