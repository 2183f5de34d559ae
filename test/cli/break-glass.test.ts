import { spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it, vi } from 'vitest';
import { TARGET } from '../support/approving.ts';
import { runbookText } from '../support/rehearsal.ts';
import { lifeboat, temporaryFolder } from './lifeboat.ts';

vi.setConfig({ testTimeout: 90_000 });

/** Runs a program on a terminal of its own, types its lines one after the other, and prints what it wrote. */
const TERMINAL = `
import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
lines, said = sys.argv[1].split('|'), b''
asked = [b'erase:', b'Why:']
while True:
    try:
        part = os.read(fd, 4096)
    except OSError:
        break
    if not part:
        break
    said += part
    while lines and asked and asked[0] in said:
        asked.pop(0)
        os.write(fd, lines.pop(0).encode() + b'\\n')
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`.replaceAll('\\\\n', '\\n');

async function machine(policy: string) {
  const home = await temporaryFolder();
  const runbook = join(home, 'restore.yaml');
  await writeFile(runbook, runbookText({ kind: 'restore', objectives: '' }));
  await writeFile(join(home, 'policy.yaml'), policy);
  const env = { LIFEBOAT_POLICY: join(home, 'policy.yaml'), LIFEBOAT_HOME: join(home, 'home') };
  return { env, args: ['run', runbook, '--simulate', '--speed', '600', '--break-glass'] };
}

const ALLOWED = `protectedClusters: ['${TARGET}']\nbreakGlass: true\n`;

async function onTerminal(
  typed: readonly string[],
  { env, args }: Awaited<ReturnType<typeof machine>>,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const program = [process.execPath, inject('commandLine'), ...args];
  const child = spawn('python3', ['-c', TERMINAL, typed.join('|'), ...program], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm', ...env },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

/** Python makes the terminal. */
const itOnTerminal = it.skipIf(spawnSync('python3', ['-c', 'import pty']).status !== 0);

itOnTerminal(
  'lets one person at a terminal restore onto a protected cluster who types its name and a reason',
  async () => {
    const { code, said } = await onTerminal(['orders-drill', 'prod is gone'], await machine(ALLOWED));
    expect(said).toContain(`BREAK-GLASS: this erases ${TARGET}.`);
    expect(said).toMatch(/BREAK-GLASS by [^(]+\(prod is\s+gone\):/);
    expect(code).toBe(0);
  },
);

itOnTerminal('starts nothing where another name is typed', async () => {
  const { code, said } = await onTerminal(['orders', 'prod is gone'], await machine(ALLOWED));
  expect(said).toContain('was not confirmed');
  expect(code).toBe(2);
});

it.each([
  [[], ALLOWED, {}, 'is for a person at a terminal, and there is none'],
  [['--yes'], ALLOWED, {}, 'cannot be had with --yes'],
  [['--auto-approve'], ALLOWED, {}, 'cannot be had with --auto-approve'],
  [[], ALLOWED, { CI: 'true' }, 'CI is set'],
  [[], '{}', {}, 'is not allowed by the policy'],
])('is refused with %j', async (more, policy, extra, why) => {
  const { env, args } = await machine(policy);
  const { code, stderr } = await lifeboat(
    [...args, ...more],
    { ...env, ...extra },
    'orders-drill\nprod is gone\n',
  );
  expect(code).toBe(2);
  expect(stderr).toContain(why);
});
