import { readFile } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import { ulid } from 'ulid';
import type { AtlasClient } from '../../core/atlas/client.ts';
import type { Clock } from '../../core/clock.ts';
import { SCOPES, type HttpHost, type RunbookStore } from '../../core/http/host.ts';
import type { Simulation } from '../../core/jobs/job.ts';
import type { Outbound } from '../../core/outbound.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { History } from '../history.ts';
import { randomSeed } from '../random-seed.ts';
import { isInterrupted } from '../running-jobs.ts';
import { reportFactsPath } from '../report-files.ts';
import type { JobKeeper } from './job-keeper.ts';
import { isToken } from './serve-token.ts';

/** What the API of one machine is made of. */
export interface ServeSettings {
  readonly home: string;
  readonly history: History;
  readonly keeper: JobKeeper;
  readonly clock: Clock;
  readonly atlas: AtlasClient;
  readonly outbound: Outbound;
  readonly atlasUrl: string;
  readonly simulation?: Simulation;
  readonly policy: Policy;
  readonly runbooks: RunbookStore;
  /** Whoever has the token is this user of the machine, on the command line and here alike. */
  readonly who: string;
  readonly token: string;
  readonly onFailure: (error: unknown, requestId: string) => void;
}

/** What the token lets its holder do. It lies in a file that a program can read, and break-glass is for a person: that takes a terminal. */
const TOKEN_SCOPES = SCOPES.filter((scope) => scope !== 'break-glass');

/** The host of the API on one machine: whoever has the token may do everything but break the glass. */
export function serveHost(settings: ServeSettings): HttpHost {
  const {
    home,
    history,
    keeper,
    clock,
    atlas,
    outbound,
    atlasUrl,
    simulation,
    policy,
    runbooks,
    token,
    who,
  } = settings;
  return {
    jobs: history.jobs,
    requests: history.requests,
    clock,
    policy,
    runbooks,
    outbound,
    atlasUrl,
    ...(simulation !== undefined && { simulation }),
    atlas: () => Promise.resolve(atlas),
    runWorkflow(jobId) {
      keeper.run(jobId);
      return Promise.resolve();
    },
    // A job that sleeps looks about once a second; one that nobody runs has to be run to see it.
    wake({ jobId }) {
      keeper.run(jobId);
      return Promise.resolve();
    },
    isInterrupted: (job) => isInterrupted(home, job),
    report: (jobId) => keptReport(home, jobId),
    newId: () => ulid(),
    seed: randomSeed,
    caller(request) {
      const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
      return Promise.resolve(isToken(given, token) ? { who, scopes: TOKEN_SCOPES } : undefined);
    },
    rawPath: (env) => (env as Partial<HttpBindings> | undefined)?.incoming?.url?.split('?', 1)[0],
    onFailure: settings.onFailure,
  };
}

/** The id is one of ours by now, so it leads to no other file. */
async function keptReport(home: string, jobId: string): Promise<unknown> {
  const text = await readFile(reportFactsPath(home, jobId), 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
