import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, runProgram, startProgram, until } from './programs.ts';

/** The release whose repairs are in launch.py. */
const VERSION = '1.5.33';

/** Beside the packages: git, the linter and the formatter leave it alone. */
const CACHE = fileURLToPath(new URL(`../../node_modules/.cache/ministack-${VERSION}/`, import.meta.url));

const PYTHON = join(CACHE, 'bin/python');

/** The AWS CLI, for whoever works with the emulator by hand. */
export const AWS_CLI = join(CACHE, 'bin/aws');

/** MiniStack cannot be had on this machine, and why. */
export class MiniStackMissingError extends Error {
  override readonly name = 'MiniStackMissingError';
}

/**
 * Installs MiniStack from PyPI into a virtual environment, unless it is there.
 *
 * @throws MiniStackMissingError
 */
export async function installMiniStack(work: string): Promise<void> {
  const settings = { cwd: work, env: ownEnvironment(), log: join(work, 'pip.log') };
  const works = () => runProgram(PYTHON, ['-c', 'import ministack, cryptography, awscli'], settings);
  if (existsSync(PYTHON) && (await succeeds(works))) return;
  const needed = async (why: string, command: string, ...args: readonly string[]) => {
    try {
      await runProgram(command, args, settings);
    } catch (cause) {
      throw new MiniStackMissingError(`${why} (${lastLine(cause)})`, { cause });
    }
  };
  await needed(
    'it needs Python 3.10 or newer',
    'python3',
    '-c',
    'import sys; sys.exit(sys.version_info < (3, 10))',
  );
  await needed('it needs openssl', 'openssl', 'version');
  await needed('it needs the Python module venv', 'python3', '-m', 'venv', '--clear', CACHE);
  // Without cryptography it takes no tokens. A package index out of reach is told of soon.
  const packages = ['--retries', '1', '--timeout', '20', `ministack==${VERSION}`];
  await needed(
    'PyPI does not give it',
    PYTHON,
    '-m',
    'pip',
    'install',
    '--quiet',
    ...packages,
    'cryptography',
    'awscli',
  );
}

async function succeeds(step: () => Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch {
    return false;
  }
}

function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trimEnd().split('\n').at(-1) ?? '';
}

/** What programs from elsewhere are given of this process's environment. */
function ownEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  const given = Object.entries(process.env).filter(
    ([name]) => names.includes(name.toUpperCase()) || /^(PIP|SSL)_/.test(name),
  );
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A running MiniStack: an empty account of AWS on this machine. */
export interface MiniStack {
  /** `https://127.0.0.1:PORT`, of every service. */
  readonly endpoint: string;
  /** The file of the certificate to trust. */
  readonly certificate: string;
  /** For requests to it. */
  readonly agent: Agent;
}

/** What MiniStack is started with. */
export interface MiniStackSettings {
  /** A folder of its own. */
  readonly work: string;
  /** How many times faster than the world its waits go by. */
  readonly speed: number;
  /** The file that functions will find the simulated time in. */
  readonly timeFile: string;
  /** The file that takes every call to the table, a line of JSON each; absent: none does. */
  readonly tableCallsFile?: string | undefined;
}

/** Starts MiniStack on a free port of loopback. It remembers nothing of earlier runs. */
export async function startMiniStack(settings: MiniStackSettings): Promise<MiniStack> {
  const { work, speed, timeFile, tableCallsFile } = settings;
  const port = await freePort();
  const temporary = join(work, 'ministack');
  await mkdir(temporary, { recursive: true });
  const running = startProgram(PYTHON, [fileURLToPath(new URL('launch.py', import.meta.url))], {
    cwd: temporary,
    log: join(work, 'ministack.log'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: temporary,
      TMPDIR: temporary,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // It would listen on every address for devices.
      IOT_MTLS_ENABLED: '0',
      // Checks signatures, and what the policies of users and roles allow. Policies that want TLS are checked too.
      AUTH: 'true',
      USE_SSL: '1',
      SFN_WAIT_SCALE: String(1 / speed),
      SIMULATED_TIME_SCRIPT: fileURLToPath(new URL('simulated-time.cjs', import.meta.url)),
      SIMULATED_TIME_FILE: timeFile,
      ...(tableCallsFile !== undefined && { TABLE_CALLS_FILE: tableCallsFile }),
    },
  });
  const certificate = join(temporary, 'ministack-tls/server.crt');
  const ca = await until('MiniStack answers', 60, async () => {
    const told = running.ended();
    if (told !== undefined) throw new Error(`MiniStack did not start:\n${told}`);
    return answers(port, certificate);
  });
  return { endpoint: `https://127.0.0.1:${port}`, certificate, agent: new Agent({ ca, keepAlive: true }) };
}

/** The certificate, once the server answers under it. */
async function answers(port: number, certificate: string): Promise<string | undefined> {
  if (!existsSync(certificate)) return undefined;
  const ca = await readFile(certificate, 'utf8');
  return new Promise((resolve) => {
    httpsRequest({ host: '127.0.0.1', port, path: '/_ministack/health', ca, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 200 ? ca : undefined);
    })
      .on('error', () => {
        resolve(undefined);
      })
      .end();
  });
}
