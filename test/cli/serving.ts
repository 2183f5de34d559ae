import { readFile } from 'node:fs/promises';
import { expect, onTestFinished } from 'vitest';
import { environmentOf, start, type Running } from './lifeboat.ts';

/** A simulator in a process of its own, and the environment that leads to it. */
export interface SimulatedAtlas {
  readonly baseUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** The restore jobs that it has, oldest first. */
  restoreJobs(): Promise<readonly { readonly id: string; readonly status: string }[]>;
}

/** `lifeboat simulator` in a process of its own, ended with the test. */
export async function simulatorProcess(speed = 300): Promise<SimulatedAtlas> {
  const running = start(['simulator', '--speed', String(speed), '--seed', '7', '--json', '--quiet']);
  onTestFinished(async () => {
    running.process.kill('SIGTERM');
    await running.ended;
  });
  const told = JSON.parse(await running.until('stdout', /\n/)) as Parameters<typeof environmentOf>[0];
  return {
    baseUrl: told.baseUrl,
    env: environmentOf(told),
    restoreJobs: async () =>
      (await (await fetch(`${told.baseUrl}/simulator/restoreJobs`)).json()) as {
        id: string;
        status: string;
      }[],
  };
}

/** What a request holds beside its address and the token. */
interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `lifeboat serve` in a process of its own. */
export interface Server {
  readonly running: Running;
  readonly url: string;
  readonly token: string;
  /** Sends a request with the token. */
  readonly send: (path: string, init?: Sending) => Promise<Response>;
}

/** Starts `lifeboat serve` on a free port; ended with the test if it is not by then. */
export async function serverProcess(
  home: string,
  atlas: SimulatedAtlas,
  more: readonly string[] = [],
): Promise<Server> {
  const running = start(['serve', '--json', '--home', home, ...more], atlas.env);
  onTestFinished(async () => {
    running.process.kill('SIGKILL');
    await running.ended;
  });
  const { url, tokenFile } = JSON.parse(await running.until('stdout', /\n/)) as {
    url: string;
    tokenFile: string;
  };
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const token = (await readFile(tokenFile, 'utf8')).trim();
  return {
    running,
    url,
    token,
    send: (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
      }),
  };
}

/** Resolves with all that a server has told once one of its lines matches. */
export function told(server: Server, pattern: RegExp): Promise<string> {
  return server.running.until('stderr', pattern);
}
