import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { ulid } from 'ulid';
import { onTestFinished } from 'vitest';
import { createApi } from '../../../core/http/api.ts';
import type { Caller, HttpHost, Scope } from '../../../core/http/host.ts';
import type { Problem } from '../../../core/http/problems.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { createRequestStore } from '../../../core/jobs/table/kept-requests.ts';
import { practiceOutbound } from '../../../local/outbound.ts';
import { memoryTable } from '../../support/memory-table.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

/** The API on a real table and a real simulator, with callers who say who they are. */
export interface PracticeApi {
  readonly api: ReturnType<typeof createApi>;
  readonly rehearsal: Rehearsal;
  readonly host: HttpHost;
  /** Jobs whose workflow was asked to run, in order; they run when the test runs them. */
  readonly begun: string[];
  /** Jobs that were woken. */
  readonly woken: string[];
  /** What the API failed with. */
  readonly failures: unknown[];
  /** Runbooks that the host keeps: name and text. */
  readonly kept: Map<string, string>;
  /** Reports that the host keeps, by job. */
  readonly reports: Map<string, unknown>;
  /** Sends a request as somebody who may do everything, unless it is said who. */
  readonly send: (method: string, path: string, options?: Sending) => Promise<Response>;
}

interface Sending {
  /** JSON, unless it is text already. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: Caller | 'nobody';
}

/** Somebody with scopes; with all of them but break-glass when none is given. */
export function somebody(who: string, ...scopes: Scope[]): Caller {
  return { who, scopes: scopes.length === 0 ? ['read', 'operate', 'approve'] : scopes };
}

/** Opens the API for one test. */
export async function openPracticeApi(changes: Partial<HttpHost> = {}): Promise<PracticeApi> {
  const rehearsal = await openRehearsal();
  const table = memoryTable();
  onTestFinished(async () => {
    table.close();
    await rehearsal.close();
  });
  const parts = {
    begun: [] as string[],
    woken: [] as string[],
    failures: [] as unknown[],
    kept: new Map([['nightly', runbookText()]]),
    reports: new Map<string, unknown>(),
  };
  const host = { ...practiceHost(rehearsal, parts), requests: createRequestStore(table), ...changes };
  const api = createApi(host);
  return { api, rehearsal, host, ...parts, send: sender(api) };
}

function practiceHost(
  { jobs, clock, atlas, simulator }: Rehearsal,
  {
    begun,
    woken,
    failures,
    kept,
    reports,
  }: Pick<PracticeApi, 'begun' | 'woken' | 'failures' | 'kept' | 'reports'>,
): Omit<HttpHost, 'requests'> {
  return {
    jobs,
    clock,
    policy: { protectedClusters: [] },
    outbound: practiceOutbound(simulator.baseUrl),
    atlasUrl: simulator.baseUrl,
    simulation: { seed: null, speed: 1 },
    atlas: () => Promise.resolve(atlas),
    runbooks: {
      names: () => Promise.resolve([...kept.keys()].sort()),
      read(name) {
        const text = kept.get(name);
        const readBeside = (path: string) =>
          readFileSync(new URL(`../../../examples/${path}`, import.meta.url), 'utf8');
        return Promise.resolve(text === undefined ? undefined : { text, readBeside });
      },
    },
    runWorkflow(jobId) {
      begun.push(jobId);
      return Promise.resolve();
    },
    wake({ jobId }) {
      woken.push(jobId);
      return Promise.resolve();
    },
    report: (jobId) => Promise.resolve(reports.get(jobId)),
    newId: () => ulid(),
    seed: () => 7,
    caller: (request) => Promise.resolve(callerOf(request)),
    onFailure: (error) => void failures.push(error),
  };
}

/** `Authorization: Practice {"who":…,"scopes":[…]}` */
function callerOf(request: Request): Caller | undefined {
  const [, json] = /^Practice (.*)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  return json === undefined ? undefined : (JSON.parse(json) as Caller);
}

function sender(api: Pick<Hono, 'request'>): PracticeApi['send'] {
  return async (method, path, { body, headers = {}, as = somebody('hugo') } = {}) =>
    api.request(path, {
      method,
      headers: {
        ...(as !== 'nobody' && { authorization: `Practice ${JSON.stringify(as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}

/** Starts a job through the API and gives it. */
export async function startedJob(
  { send }: PracticeApi,
  body: unknown = { name: 'nightly' },
  as = somebody('hugo'),
): Promise<Job> {
  const reply = await send('POST', '/v1/jobs', { body, as, headers: { 'idempotency-key': ulid() } });
  if (reply.status !== 201) throw new Error(`${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as Job;
}

/** The problem in a reply, and its name. */
export async function problemIn(reply: Response): Promise<Problem & { readonly name: string }> {
  const told = (await reply.json()) as Problem;
  return { ...told, name: told.type.replace('urn:lifeboat:problem:', '') };
}
