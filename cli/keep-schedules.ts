import type { RunbookStore } from '../core/http/host.ts';
import { tellChannels } from '../core/notify/tell-channels.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { History } from '../local/history.ts';
import { randomSeed } from '../local/random-seed.ts';
import type { JobKeeper } from '../local/serve/job-keeper.ts';
import { createTimer, keepSchedules } from '../local/serve/timer.ts';
import type { Cli } from './cli.ts';
import { printError } from './output/print-error.ts';
import type { Session } from './session.ts';

/** What the schedules of a server start jobs with. */
export interface Scheduling {
  readonly history: History;
  readonly keeper: JobKeeper;
  readonly session: Session;
  readonly runbooks: RunbookStore;
  readonly policy: Policy;
}

/** Keeps the schedules of the server's runbooks until the signal says to stop, and tells what they did. */
export async function scheduleJobs(
  { history, keeper, session, runbooks, policy }: Scheduling,
  cli: Cli,
  signal: AbortSignal,
): Promise<void> {
  const { clock, outbound, atlasUrl, simulation } = session;
  const tell = (error: unknown) => {
    printError(error, cli.err, cli.debug);
  };
  const timer = createTimer({
    home: cli.home,
    jobs: history.jobs,
    ...{ clock, runbooks },
    common: {
      policy,
      ...(atlasUrl !== undefined && { atlasUrl }),
      ...(simulation !== undefined && { simulation }),
    },
    seed: randomSeed,
    run: (jobId) => {
      keeper.run(jobId);
    },
    onEvent: (message) => {
      if (!cli.quiet) cli.err.line(message);
    },
    onFault: tell,
    notify: (event, { notify }) => {
      void tellChannels(event, [...notify, ...(policy.notify ?? [])], outbound, clock.now()).then(
        (notices) => {
          for (const { to, sent, problem = 'did not answer' } of notices)
            if (!sent)
              cli.err.line(
                `The message about the schedule of ${event.runbook} did not reach ${to}, which ${problem}.`,
              );
        },
        tell,
      );
    },
  });
  await keepSchedules(timer, clock, signal, tell);
}
