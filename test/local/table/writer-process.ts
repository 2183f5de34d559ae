import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./history-writer.ts', import.meta.url));

export interface Writer {
  readonly process: ChildProcess;
  /** Everything it said on stdout so far, a line each. */
  readonly lines: () => string[];
  readonly stderr: () => string;
  /** Resolves once it said so many lines, or ended. */
  readonly said: (lines: number) => Promise<void>;
  /** Resolves with its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts a process that appends `count` events of so many bytes to a job's timeline in a home. */
export function startWriter(
  home: string,
  jobId: string,
  name: string,
  {
    count = 1_000_000,
    bytes = 10,
    fileBlocks = 'unlimited',
  }: { count?: number; bytes?: number; fileBlocks?: number | 'unlimited' } = {},
): Writer {
  // With a limit on the size of files, writing fails half-way as it does on a full disk.
  const command = `ulimit -f ${fileBlocks}; exec "$0" "$@"`;
  const node = [process.execPath, '--import', 'tsx', SCRIPT, home, jobId, name, String(count), String(bytes)];
  const child = spawn('/bin/sh', ['-c', command, ...node], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = () => stdout.split('\n').slice(0, -1);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const said = async (wanted: number) => {
    while (lines().length < wanted && child.exitCode === null && child.signalCode === null) {
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  };
  return { process: child, lines, stderr: () => stderr, said, ended };
}
