import { jsonText } from '../../core/visible-text.ts';
import { randomSeed } from '../../local/random-seed.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { savedInstant } from '../../simulator/saved-state.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { Cli } from '../cli.ts';
import { everyCheck, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { shellWord } from '../output/shell-word.ts';
import { readData } from '../input-files.ts';

/** Options of `simulator`. */
export interface SimulatorOptions {
  readonly port?: number;
  readonly seed?: number;
  readonly speed: number;
  readonly world?: string;
  readonly faults?: string;
  readonly state?: string;
  readonly json?: boolean;
}

/** Starts a simulated Atlas, tells how to reach it, and stays until it is told to stop. */
export async function simulate({ out, err, quiet }: Cli, options: SimulatorOptions): Promise<number> {
  const simulator = await start(options);
  const stopped = stopRequest();
  out.line(options.json ? jsonText(facts(simulator, options)) : environment(simulator, options).join('\n'));
  if (!quiet) err.line('Stop it with Ctrl-C.');
  await stopped;
  await simulator.close();
  return EXIT.done;
}

async function start({
  port = 0,
  seed = randomSeed(),
  speed,
  state,
  ...files
}: SimulatorOptions): Promise<Simulator> {
  const { world, faults } = await everyCheck({
    world: () => readData('world', files.world),
    faults: () => readData('faults', files.faults),
  });
  const startAt = Math.max(Date.now(), state === undefined ? 0 : (savedInstant(state) ?? 0));
  try {
    return await startSimulator({
      clock: scaledClock(speed, startAt),
      seed,
      speed,
      port,
      ...(world !== undefined && { world }),
      ...(faults !== undefined && { faults }),
      ...(state !== undefined && { statePath: state }),
    });
  } catch (error) {
    throw inWords(error, port, state);
  }
}

function inWords(error: unknown, port: number, state: string | undefined): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE') {
    return new UsageError(
      `Port ${port} is taken by another program.`,
      'Name another --port, or leave it out to take a free one.',
      error,
    );
  }
  if ('port' in error || state === undefined) {
    return new UsageError(
      `The simulator cannot listen on port ${port}: ${error.message}.`,
      'Name another --port.',
      error,
    );
  }
  return new UsageError(
    `The state file ${state} cannot be used: ${error.message}.`,
    'Name a file that you may write.',
    error,
  );
}

/** Resolves when the process is told to stop, which is how a simulator ends. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

function facts({ baseUrl, credentials }: Simulator, { speed }: SimulatorOptions) {
  return { baseUrl, ...credentials, speed };
}

/** What a shell takes as it is; the remarks are comments to it. */
function environment({ baseUrl, credentials }: Simulator, { speed }: SimulatorOptions): string[] {
  return [
    `# A simulated Atlas, ${speed} × as fast as the world. Its service account:`,
    `export MONGODB_ATLAS_BASE_URL=${shellWord(baseUrl)}`,
    `export MONGODB_ATLAS_CLIENT_ID=${shellWord(credentials.clientId)}`,
    `export MONGODB_ATLAS_CLIENT_SECRET=${shellWord(credentials.clientSecret)}`,
    '# Its API key, used when the service account is not set:',
    `export MONGODB_ATLAS_PUBLIC_KEY=${shellWord(credentials.publicKey)}`,
    `export MONGODB_ATLAS_PRIVATE_KEY=${shellWord(credentials.privateKey)}`,
  ];
}
