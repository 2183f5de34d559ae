import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** How a program is run. */
export interface ProgramSettings {
  readonly cwd: string;
  /** All of it: nothing of this process's own environment is added. */
  readonly env: Readonly<Record<string, string>>;
  /** The file that takes everything it prints. */
  readonly log: string;
}

/** A program that runs in the background. */
export interface Background {
  /** The last lines that it printed, once it has ended; undefined while it runs. */
  ended(): string | undefined;
}

/** A program did not do what it was started for. */
class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** Every program that was started, and whether it runs. */
const started = new Map<ChildProcess, 'running' | 'ended'>();

/** Milliseconds that a program is given to end by itself. */
const GRACE = 5_000;

/** Runs a program to its end. @throws ProgramError with the last lines it printed, when its exit code is not 0. */
export async function runProgram(
  command: string,
  args: readonly string[],
  settings: ProgramSettings,
): Promise<void> {
  const child = start(command, args, settings);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new ProgramError(
      `${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${lastLines(settings.log)}`,
    );
}

/** Starts a program that runs until {@link stopPrograms}. */
export function startProgram(
  command: string,
  args: readonly string[],
  settings: ProgramSettings,
): Background {
  const child = start(command, args, settings);
  return { ended: () => (started.get(child) === 'ended' ? lastLines(settings.log) : undefined) };
}

/** Ends every program that was started here, with whatever it has started itself, and nothing else. */
export async function stopPrograms(): Promise<void> {
  for (const child of started.keys()) signalGroup(child, 'SIGTERM');
  const running = [...started].filter(([, state]) => state === 'running');
  const closed = Promise.all(running.map(([child]) => once(child, 'close').catch(() => undefined)));
  await Promise.race([closed, delay(GRACE, undefined, { ref: false })]);
  // What a program has started may outlive it.
  for (const child of started.keys()) signalGroup(child, 'SIGKILL');
  await closed;
}

/**
 * Waits until something is so.
 *
 * @param look undefined while it is not.
 * @param seconds how long that may take.
 * @throws ProgramError when it takes longer.
 */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new ProgramError(`Waited ${seconds} s in vain until ${what}.`);
    await delay(100);
  }
}

/** A TCP port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function start(command: string, args: readonly string[], { cwd, env, log }: ProgramSettings): ChildProcess {
  const output = openSync(log, 'a');
  try {
    // In a process group of its own, which is ended as one.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
    started.set(child, 'running');
    child.on('error', () => started.set(child, 'ended'));
    child.on('close', () => started.set(child, 'ended'));
    return child;
  } finally {
    closeSync(output);
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
}
