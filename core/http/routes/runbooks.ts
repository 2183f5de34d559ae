import * as z from 'zod';
import { parseRunbook } from '../../runbooks/parse-runbook.ts';
import { placeOf } from '../../runbooks/place.ts';
import { RunbookError } from '../../runbooks/runbook-error.ts';
import { defineRoute } from '../define-route.ts';
import type { HttpHost, KeptRunbook } from '../host.ts';
import { keptRunbook } from '../runbook-of-request.ts';
import { runbookListSchema, runbookSchema } from '../schemas/answers.ts';
import * as field from '../schemas/fields.ts';

/** `GET /v1/runbooks` */
export const listRunbooksRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/runbooks',
    operationId: 'listRunbooks',
    summary: 'List runbooks',
    description: 'Lists the runbooks that the host keeps, by name.',
    scope: 'read',
    answers: { 200: { description: 'The runbooks', schema: runbookListSchema } },
    problems: [],
  },
  async (_asked, host) => {
    const names = await host.runbooks.names();
    const runbooks = await Promise.all(names.map((name) => listed(name, host)));
    return { status: 200, body: { runbooks: runbooks.flat() } };
  },
);

/** None when it went away meanwhile. */
async function listed(name: string, { runbooks }: HttpHost): Promise<object[]> {
  const kept = await runbooks.read(name);
  return kept === undefined ? [] : [{ name, ...factsOf(name, kept) }];
}

function factsOf(name: string, { text, readBeside }: KeptRunbook): object {
  try {
    const runbook = parseRunbook(text, name, readBeside);
    return { kind: runbook.kind, title: runbook.name, ...placeOf(runbook) };
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return { problem: error.message };
  }
}

/** `GET /v1/runbooks/{name}` */
export const getRunbookRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/runbooks/{name}',
    operationId: 'getRunbook',
    summary: 'Read a runbook',
    description: 'Gives a runbook that the host keeps, as it was written.',
    scope: 'read',
    params: z.strictObject({ name: field.runbookName }),
    answers: { 200: { description: 'The runbook', schema: runbookSchema } },
    problems: ['runbook-not-found'],
  },
  async ({ params: { name } }, host) => ({
    status: 200,
    body: { name, text: (await keptRunbook(name, host)).text },
  }),
);
