import { ulid } from 'ulid';
import { isoTime } from '../../core/clock.ts';
import { startJob, type StartRequest } from '../../core/commands/start-job.ts';
import { refuseByPolicy } from '../../core/policy/refusals.ts';
import { openHistory } from '../../local/history.ts';
import { policyFrom } from '../../local/policy.ts';
import { randomSeed } from '../../local/random-seed.ts';
import { claimJob } from '../../local/running-jobs.ts';
import { askBeforeErasing, refuseUnconfirmed } from '../ask-before-erasing.ts';
import { breakGlass, refuseBreakGlass } from '../break-glass.ts';
import { refuseAutoApprove } from '../auto-approve.ts';
import type { Cli } from '../cli.ts';
import { everyCheck, UsageError } from '../errors.ts';
import { readData } from '../input-files.ts';
import { readRunbook } from '../read-runbook.ts';
import { runToEnd } from '../run-to-end.ts';
import { atlasChecks, atlasSession, simulatedSession, type Session } from '../session.ts';
import { tryAtlas } from '../try-atlas.ts';
import { whoTypes } from '../who.ts';

/** Options of `run`. */
export interface RunOptions {
  readonly simulate?: boolean;
  readonly speed?: number;
  readonly seed?: number;
  readonly world?: string;
  readonly faults?: string;
  readonly autoApprove?: boolean;
  readonly yes?: boolean;
  readonly breakGlass?: boolean;
  readonly json?: boolean;
}

/** The speed of a simulated job unless another is asked for: a drill of half an hour takes half a minute. */
const SIMULATED_SPEED = 60;

/** Runs a runbook to its end. Everything is read and checked before anything is called or written. */
export async function run(cli: Cli, file: string, options: RunOptions): Promise<number> {
  if (cli.remote !== undefined) {
    const { runThere } = await import('../remote/run-there.ts');
    return runThere(cli.remote, cli, file, options);
  }
  const order = await readOrder(cli, file, options);
  const history = await openHistory(cli.home);
  try {
    const session = await sessionFor(order, cli, options);
    try {
      await tryAtlas(order.runbook, session, cli);
      const broken =
        options.breakGlass === true ? await breakGlass(order.runbook, order.policy, options, cli) : undefined;
      if (broken === undefined) await askBeforeErasing(order.runbook, options, session, cli);
      const { atlasUrl } = session;
      const simulation = order.simulation ?? session.simulation;
      const request = {
        ...order,
        ...(broken && { breakGlass: { ...broken, at: isoTime(session.clock.now()) } }),
        ...(simulation && { simulation }),
        ...(atlasUrl !== undefined && { atlasUrl }),
      };
      // First: where it cannot be claimed, no job is left behind that nobody runs.
      const claim = await claimJob(cli.home, request.jobId);
      try {
        const job = await startJob(request, history.jobs, session.clock);
        const { json = false, autoApprove } = options;
        return await runToEnd(job, { cli, history, session, policy: order.policy, json, autoApprove });
      } finally {
        await claim.release();
      }
    } finally {
      await session.close();
    }
  } finally {
    await history.close();
  }
}

/** What is to be run, and the files that a simulated Atlas is given. */
interface Order extends StartRequest {
  readonly simulation?: { readonly seed: number; readonly speed: number };
  readonly world?: unknown;
  readonly faults?: unknown;
}

/** Reads and checks everything that was typed and set, and throws every mistake at once. */
async function readOrder(cli: Cli, file: string, options: RunOptions): Promise<Order> {
  const { simulate = false, seed = randomSeed() } = options;
  const reading = policyFrom(cli.env);
  const { local, written, world, faults } = await everyCheck({
    local: () => reading,
    written: async () => readRunbook(file, await reading.catch(() => undefined)),
    ...(!simulate && {
      simulatorFiles: () => {
        refuseSimulatorFiles(options);
      },
      ...atlasChecks(cli, options.speed),
    }),
    world: () => readData('world', options.world),
    faults: () => readData('faults', options.faults),
  });
  const { policy } = local;
  refuseByPolicy({ ...written, policy });
  if (!simulate) refuseAutoApprove(cli, options.autoApprove);
  if (options.breakGlass === true) refuseBreakGlass(policy, options, cli);
  else refuseUnconfirmed(written.runbook, options, cli);
  return {
    jobId: ulid(),
    ...written,
    policy,
    startedBy: { type: 'cli', who: whoTypes() },
    seed,
    ...(simulate && { simulation: { seed, speed: options.speed ?? SIMULATED_SPEED }, world, faults }),
  };
}

function sessionFor(
  { jobId, simulation, world, faults }: Order,
  cli: Cli,
  options: RunOptions,
): Promise<Session> {
  if (simulation === undefined) return atlasSession(cli, options);
  return simulatedSession({ home: cli.home, jobId, ...simulation, world, faults });
}

function refuseSimulatorFiles({ world, faults }: RunOptions): void {
  if (world === undefined && faults === undefined) return;
  throw new UsageError(
    '--world and --faults are for a simulated Atlas.',
    'Leave them out, or add --simulate.',
  );
}
