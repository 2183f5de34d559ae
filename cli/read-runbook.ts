import { BROUGHT, type RunbookOrigin } from '../core/policy/origin.ts';
import { parseRunbook } from '../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../core/runbooks/schema.ts';
import { keptFile, type LocalPolicy } from '../local/policy.ts';
import { runbookFolder } from '../local/serve/runbook-folder.ts';
import { besideOf, readInput } from './input-files.ts';

/** A runbook that was named on the command line. */
export interface NamedRunbook {
  readonly runbook: Runbook;
  readonly runbookText: string;
  readonly origin: RunbookOrigin;
}

/**
 * Reads a runbook. Where the policy allows only kept ones, one of its folder is read as `serve` reads it: it names no file outside
 * of that folder.
 *
 * @param local undefined while the policy cannot be read: the runbook's own mistakes are reported all the same.
 * @throws RunbookError, UsageError, PolicyError
 */
export async function readRunbook(file: string, local: LocalPolicy | undefined): Promise<NamedRunbook> {
  const kept = local === undefined ? undefined : await keptFile(file, local);
  const found = kept === undefined ? undefined : await runbookFolder(kept.folder).read(kept.name);
  if (kept !== undefined && found !== undefined) {
    const { text, readBeside } = found;
    return {
      runbook: parseRunbook(text, file, readBeside),
      runbookText: text,
      origin: { kept: kept.name, overridden: [] },
    };
  }
  const runbookText = await readInput('runbook', file);
  return { runbook: parseRunbook(runbookText, file, besideOf(file)), runbookText, origin: BROUGHT };
}
