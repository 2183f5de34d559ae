import { BROUGHT, overriddenFields, type RunbookOrigin } from '../policy/origin.ts';
import { parseRunbook } from '../runbooks/parse-runbook.ts';
import type { Runbook } from '../runbooks/schema.ts';
import type { HttpHost, KeptRunbook } from './host.ts';
import { overrideRunbook } from './override-runbook.ts';
import { RequestRefusedError } from './request-refused.ts';
import type { RunbookRequest } from './schemas/requests.ts';

/** A runbook, and what it was read from. */
export interface WrittenRunbook {
  readonly runbook: Runbook;
  readonly runbookText: string;
  readonly origin: RunbookOrigin;
}

/**
 * The runbook that a request means: the one in it, or the one that the host keeps under its name, with the overrides.
 *
 * @throws RunbookError with every mistake; RequestRefusedError when there is none of that name.
 */
export async function runbookOf(request: RunbookRequest, host: HttpHost): Promise<WrittenRunbook> {
  const { runbook, name = '', overrides } = request;
  if (runbook !== undefined) {
    // JSON is YAML; over several lines, mistakes have a place.
    const runbookText = typeof runbook === 'string' ? runbook : JSON.stringify(runbook, null, 2);
    return {
      runbook: parseRunbook(runbookText, 'runbook', undefined, host.callers),
      runbookText,
      origin: BROUGHT,
    };
  }
  const { text, readBeside } = await keptRunbook(name, host);
  const runbookText = overrides === undefined ? text : overrideRunbook(name, text, overrides);
  const origin = { kept: name, overridden: overriddenFields(overrides ?? {}) };
  return { runbook: parseRunbook(runbookText, name, readBeside, host.callers), runbookText, origin };
}

/** @throws RequestRefusedError when the host keeps none of this name. */
export async function keptRunbook(name: string, { runbooks }: HttpHost): Promise<KeptRunbook> {
  const kept = await runbooks.read(name);
  if (kept !== undefined) return kept;
  throw new RequestRefusedError('runbook-not-found', `There is no runbook ${name}.`, {
    next: 'List those that there are with: GET /v1/runbooks',
  });
}
