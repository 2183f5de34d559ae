import type { RunbookStore } from '../../core/http/host.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { RunbookError } from '../../core/runbooks/runbook-error.ts';
import { scheduleOf, type RunbookSchedule } from '../../core/runbooks/schedule-of.ts';
import type { Runbook } from '../../core/runbooks/schema.ts';

/** A runbook with a schedule. */
export interface ScheduledRunbook {
  /** The name under which the folder keeps it. */
  readonly name: string;
  readonly runbook: Runbook;
  readonly runbookText: string;
  readonly schedule: RunbookSchedule;
}

/**
 * The runbooks of a folder that have a schedule, as they are now. Of two with the same name the first file counts: history
 * could not tell them apart.
 *
 * @param onFault told of a runbook that can't be read, or whose name is taken, by the name of its file.
 */
export async function scheduledRunbooks(
  store: RunbookStore,
  onFault: (file: string, error: unknown) => void,
): Promise<ScheduledRunbook[]> {
  const found = new Map<string, ScheduledRunbook>();
  for (const file of await store.names()) {
    const kept = await store.read(file);
    if (kept === undefined) continue;
    try {
      const runbook = parseRunbook(kept.text, file, kept.readBeside);
      const schedule = scheduleOf(runbook);
      if (schedule === undefined) continue;
      if (found.has(runbook.name))
        onFault(file, new Error(`${file}: another runbook is named ${runbook.name}, too.`));
      else found.set(runbook.name, { name: file, runbook, runbookText: kept.text, schedule });
    } catch (error) {
      if (!(error instanceof RunbookError)) throw error;
      onFault(file, error);
    }
  }
  return [...found.values()];
}
