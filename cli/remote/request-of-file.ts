import type { RunbookRequest } from '../../core/http/schemas/requests.ts';
import { inlineFiles } from '../../core/runbooks/in-files.ts';
import { isMap } from '../../core/runbooks/is-map.ts';
import type { Runbook } from '../../core/runbooks/schema.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { readYaml } from '../../core/runbooks/yaml-source.ts';
import { besideOf, readInput } from '../input-files.ts';

/** A runbook in a file, and what an API is sent for it. */
export interface RequestOfFile {
  readonly runbook: Runbook;
  readonly request: RunbookRequest;
}

/**
 * What an API is sent for a runbook in a file: its text, or, when it names files, the whole of it with what is in them: those
 * are here and not there.
 *
 * @throws RunbookError with every mistake, each with its line and column; UsageError
 */
export async function requestOfFile(file: string, seed: number | undefined): Promise<RequestOfFile> {
  const text = await readInput('runbook', file);
  // Here its mistakes have the name of the file.
  const runbook = parseRunbook(text, file, besideOf(file));
  const source = readYaml(text);
  const value = 'failed' in source ? undefined : source.value;
  const whole = inlineFiles(value, besideOf(file)).value;
  const namesFiles = JSON.stringify(whole) !== JSON.stringify(value);
  const request = { runbook: namesFiles && isMap(whole) ? whole : text, ...(seed !== undefined && { seed }) };
  return { runbook, request };
}
