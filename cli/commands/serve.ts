import { jsonText, visible } from '../../core/visible-text.ts';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { baseUrlFrom } from '../../core/atlas/credentials-from-environment.ts';
import type { RunbookStore } from '../../core/http/host.ts';
import type { Job } from '../../core/jobs/job.ts';
import { standingFreeze } from '../../core/jobs/freeze.ts';
import { SIMULATED } from '../../core/jobs/simulated.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { openHistory, type History } from '../../local/history.ts';
import { policyFrom, type LocalPolicy } from '../../local/policy.ts';
import { claimJob, runnerOf } from '../../local/running-jobs.ts';
import { refuseOtherAtlas } from '../../local/same-atlas.ts';
import { createJobKeeper, type JobKeeper, type JobSession } from '../../local/serve/job-keeper.ts';
import { listen, type Listening } from '../../local/serve/listen.ts';
import { noRunbooks, runbookFolder } from '../../local/serve/runbook-folder.ts';
import { readScheduleState } from '../../local/serve/schedule-state.ts';
import { serveHost } from '../../local/serve/serve-host.ts';
import { ensureToken, tokenFile } from '../../local/serve/serve-token.ts';
import type { Cli } from '../cli.ts';
import { everyCheck, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { scheduleJobs } from '../keep-schedules.ts';
import { needsAtlas } from '../needs-atlas.ts';
import { printError } from '../output/print-error.ts';
import { shorter } from '../output/shorter.ts';
import { atlasChecks, atlasSession, type Session } from '../session.ts';
import { sessionOf } from '../session-of-job.ts';
import { tellFrozen } from '../tell-frozen.ts';
import { whoTypes } from '../who.ts';

/** Options of `serve`. */
export interface ServeOptions {
  readonly port?: number;
  readonly runbooks?: string;
  readonly json?: boolean;
}

/** Before a job that could not go on is tried again, in milliseconds. */
const TRY_AGAIN_MS = 30_000;
/** What a server claims among the jobs that run in a home: there is one at a time. */
const SERVER = 'serve';

/** Serves the API of this machine, runs its jobs, and stays until it is told to stop. */
export async function serve(cli: Cli, options: ServeOptions): Promise<number> {
  const reading = policyFrom(cli.env);
  const { local, runbooks } = await everyCheck({
    local: () => reading,
    runbooks: async () => runbooksOf(cli, options, await reading.catch(() => undefined)),
    ...atlasChecks(cli, undefined),
  });
  const { policy } = local;
  const token = await ensureToken(cli.home);
  await refuseSecond(cli.home);
  // Nothing is started while it is not known what was.
  await readScheduleState(cli.home);
  const claim = await claimJob(cli.home, SERVER);
  const history = await openHistory(cli.home);
  try {
    const session = await atlasSession(cli, {});
    const keeper = keeperOf(cli, history, session, policy);
    const interrupts = listenForInterrupts(
      () => {
        if (!cli.quiet) cli.err.line('Stopping: each job ends the step under way. Once more: stop at once.');
      },
      () => undefined,
    );
    try {
      const { clock, atlas, outbound, atlasUrl = '', simulation } = session;
      const api = serveHost({
        ...{ home: cli.home, history, keeper, clock, atlas, outbound, atlasUrl, policy, runbooks, token },
        ...(simulation !== undefined && { simulation }),
        who: whoTypes(),
        onFailure: (error, requestId) => {
          cli.err.line(`Request ${requestId} failed:`);
          printError(error, cli.err, cli.debug);
        },
      });
      const listening = await listenOn(api, options.port ?? 0);
      tell(cli, listening, options);
      const freeze = standingFreeze(await history.jobs.freezes());
      if (freeze !== undefined) tellFrozen(cli, freeze);
      await keeper.resumeAll();
      const closing = keeper.closeAll().catch((error: unknown) => {
        printError(error, cli.err, cli.debug);
      });
      const scheduling = { history, keeper, session, runbooks, policy };
      await scheduleJobs(scheduling, cli, interrupts.signal);
      // Jobs end their steps while the last answers go out.
      await Promise.all([listening.close(), keeper.stop(), closing]);
      return EXIT.done;
    } finally {
      interrupts.release();
      await session.close();
    }
  } finally {
    await history.close();
    await claim.release();
  }
}

/** The folder of the policy, where it names one: then no other can take its place. */
async function runbooksOf(
  { env }: Cli,
  { runbooks }: ServeOptions,
  local: LocalPolicy | undefined,
): Promise<RunbookStore> {
  const named = runbooks ?? env.LIFEBOAT_RUNBOOKS?.trim() ?? '';
  const folder = local?.runbooksFolder ?? named;
  if (named !== '' && resolve(named) !== resolve(folder)) {
    throw new UsageError(
      `The folder of runbooks ${named} is not the one that the policy names, ${folder}.`,
      'Leave --runbooks and LIFEBOAT_RUNBOOKS out: the folder of the policy is taken.',
    );
  }
  if (folder === '') return noRunbooks();
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return runbookFolder(folder);
  throw new UsageError(
    `The folder of runbooks ${folder} is not there, or no folder.`,
    'Name a folder with --runbooks or LIFEBOAT_RUNBOOKS, or leave it out.',
  );
}

/** Two servers of one home would start what is due twice. */
async function refuseSecond(home: string): Promise<void> {
  const other = await runnerOf(home, SERVER);
  if (other === undefined || other === process.pid) return;
  throw new UsageError(
    `Process ${other} serves the home ${home} already.`,
    'Use that one, stop it, or name another --home.',
  );
}

function keeperOf(cli: Cli, { jobs }: History, shared: Session, policy: Policy): JobKeeper {
  return createJobKeeper({
    home: cli.home,
    jobs,
    policy,
    now: () => shared.clock.now(),
    openSession: (job, timeline) => sessionFor(job, timeline, cli, shared),
    pause: (signal) => setTimeout(TRY_AGAIN_MS, undefined, { signal }),
    onEvent: ({ jobId, at, type, message }, { simulation }) => {
      if (cli.quiet) return;
      const mark = simulation === undefined ? '' : `${SIMULATED} `;
      cli.err.line(`${at.replace(/\.\d+Z$/, 'Z')} ${mark}${jobId} ${type} ${visible(message)}`);
    },
    onFailure: (name, error) => {
      cli.err.line(`Job ${name} does not go on here:`);
      printError(error, cli.err, cli.debug);
    },
  });
}

/** Jobs share the Atlas of the server, but those that have a simulated one of their own, or need none any more. */
function sessionFor(
  job: Job,
  timeline: readonly TimelineEvent[],
  cli: Cli,
  shared: Session,
): Promise<JobSession> {
  const ownAtlas = job.simulation !== undefined && job.simulation.seed !== null;
  if (ownAtlas || !needsAtlas(job, false)) return sessionOf({ job, timeline }, cli, {});
  refuseOtherAtlas(job, baseUrlFrom(cli.env));
  return Promise.resolve({ ...shared, close: () => Promise.resolve() });
}

async function listenOn(host: Parameters<typeof listen>[0], port: number): Promise<Listening> {
  try {
    return await listen(host, port);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      reason === 'EADDRINUSE'
        ? `Port ${port} is taken by another program.`
        : `Nothing can listen on port ${port}: ${reason}.`,
      'Name another --port, or leave it out to take a free one.',
      error,
    );
  }
}

function tell({ out, err, home, quiet }: Cli, { url }: Listening, { json = false }: ServeOptions): void {
  const file = tokenFile(home);
  out.line(
    json
      ? jsonText({ url, tokenFile: file })
      : `Lifeboat serves ${url}/v1 with the token in ${shorter(file)}`,
  );
  if (!quiet) err.line('Stop it with Ctrl-C; unfinished jobs go on at the next start.');
}
