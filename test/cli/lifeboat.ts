import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

/** How a run of the command line ended. */
export interface Ended {
  /** The exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command line. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with all of an output so far once it matches. */
  until(output: 'stdout' | 'stderr', pattern: RegExp): Promise<string>;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Starts the real command line in a process of its own, with nothing of Lifeboat's in its environment but `env`, and with
 * `input` or nothing on its standard input.
 */
export function start(args: readonly string[], env: Environment = {}, input = ''): Running {
  const child = spawn(process.execPath, [inject('commandLine'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end without having read all of it.
  child.stdin.on('error', () => undefined).end(input);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, ...written });
    });
  });
  return {
    process: child,
    ended,
    until: (output, pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(written[output])) resolve(written[output]);
        };
        child[output].on('data', look);
        look();
        void ended.then(() => {
          reject(new Error(`It ended without ${String(pattern)}: ${written.stdout}${written.stderr}`));
        });
      }),
  };
}

/** Runs the command line to its end. */
export function lifeboat(args: readonly string[], env: Environment = {}, input = ''): Promise<Ended> {
  return start(args, env, input).ended;
}

/** A folder of its own for one test, removed afterwards. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The id of the job that plain progress lines speak of. */
export function jobIdIn(stderr: string): string {
  return / job (\w{26}) runs /.exec(stderr)?.[1] ?? '';
}

/** The environment that leads to a simulator. */
export function environmentOf(simulator: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}): Environment {
  return {
    MONGODB_ATLAS_BASE_URL: simulator.baseUrl,
    MONGODB_ATLAS_CLIENT_ID: simulator.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: simulator.clientSecret,
  };
}
