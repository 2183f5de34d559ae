import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { expect, inject, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { refuseUnconfirmed } from '../../cli/ask-before-erasing.ts';
import type { Cli } from '../../cli/cli.ts';
import { besideOf } from '../../cli/input-files.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { shellWord } from '../../cli/output/shell-word.ts';
import { environmentOf, lifeboat, temporaryFolder } from './lifeboat.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
const SCRIPT = '/usr/bin/script';

async function simulator() {
  const simulated = await startSimulator({ clock: scaledClock(300, Date.now()), seed: 7, speed: 300 });
  onTestFinished(() => simulated.close());
  return environmentOf({ baseUrl: simulated.baseUrl, ...simulated.credentials });
}

/** The command line on a terminal of its own, with what a person types there. */
function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  typed: string,
): Promise<{ code: number; text: string }> {
  const command = [process.execPath, inject('commandLine'), ...args].map(shellWord).join(' ');
  return new Promise((resolve) => {
    const child = execFile(
      SCRIPT,
      ['-qec', command, '/dev/null'],
      { env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm', NO_COLOR: '1', ...env } },
      (error, text) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text });
      },
    );
    child.stdout?.on('data', (text: string) => {
      if (text.includes('Type yes')) child.stdin?.write(typed);
    });
  });
}

it.each([
  ['examples/restore-fresh.yaml', 'erases'],
  ['examples/migration-night.yaml', 'cuts over into'],
])('without a terminal and without --yes, %s is not begun', async (runbook, does) => {
  const home = join(await temporaryFolder(), 'home');
  const env = { MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_x', MONGODB_ATLAS_CLIENT_SECRET: 'y' };
  const ran = await lifeboat(['run', runbook, '--home', home], env);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(new RegExp(`${does} [a-f0-9]{24}/\\S+, and there is no terminal to ask on`));
  expect(ran.stderr).toContain('--yes');
  expect(existsSync(home)).toBe(false);
});

it.each([
  ['drill.yaml', 'runs'],
  ['campaign.yaml', 'runs'],
  ['download.yaml', 'runs'],
  ['pipeline-run.yaml', 'runs'],
  ['recovery-night.yaml', 'stops'],
  ['restore-point-in-time.yaml', 'stops'],
  ['migration-night.yaml', 'stops'],
])('unattended, %s %s', (file, does) => {
  const path = `examples/${file}`;
  const runbook = parseRunbook(readFileSync(path, 'utf8'), path, besideOf(path));
  const cli = { err: { stream: {} } } as unknown as Cli;
  const refuse = (consent: { yes?: boolean; simulate?: boolean }) => () => {
    refuseUnconfirmed(runbook, consent, cli);
  };
  if (does === 'stops') expect(refuse({})).toThrow(/no terminal to ask on/);
  else expect(refuse({})).not.toThrow();
  expect(refuse({ yes: true })).not.toThrow();
  expect(refuse({ simulate: true })).not.toThrow();
});

it.skipIf(!existsSync(SCRIPT))(
  'on a terminal it shows what it erases by name and id, and begins only once yes is typed',
  async () => {
    const home = await temporaryFolder();
    const env = await simulator();
    const runbook = join(home, 'drill.yaml');
    await writeFile(
      runbook,
      `version: 1\nkind: drill\nname: asked\nsource: { project: ${PROJECT}, cluster: orders }\n` +
        `target: { project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }\nrecoveryPoint: { latest: {} }\n`,
    );
    const args = ['run', runbook, '--home', home];
    for (const typed of ['no\n', 'y\n', '\u0004']) {
      const refused = await onTerminal(args, env, typed);
      expect(refused.code).toBe(2);
      expect(refused.text.replaceAll(/\s+/g, ' ')).toMatch(
        /Erases cluster orders-drill in project \S.* \(5e2f1c0a9d3b7a4c8e6f0a02\)/,
      );
      expect(refused.text).toContain('was not begun');
    }
    expect((await lifeboat(['jobs', 'list', '--home', home])).stderr).toContain('No jobs yet');
    const ran = await onTerminal(args, env, 'yes\n');
    expect(ran.text).toMatch(/drill passed/i);
    expect(ran.code).toBe(0);
  },
);
