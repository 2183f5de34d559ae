/**
 * Runs every shell command of docs/aws.md as it stands, from top to bottom, in one shell, against the emulator. Run it with
 * `npm run test:aws-docs`; it takes some minutes. What is for an account of AWS alone is left out, which it says.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHELL_FILE } from './emulator-shell.ts';
import { startProgram, stopPrograms, until } from './programs.ts';
import { shellBlocks, type ShellBlock } from './shell-blocks.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Seconds until the emulator is there, with an installation. */
const START = 300;

/** Seconds that all lines together may take. */
const LONGEST = 1200;

async function run(work: string): Promise<number> {
  const page = await readFile(join(ROOT, 'docs/aws.md'), 'utf8');
  // Whoever runs this has installed the packages; the emulator is started here.
  const blocks = shellBlocks(page).filter(
    ({ where, text }) => where !== 'another shell' && text !== 'npm ci\n',
  );
  const env = { ...process.env, TMPDIR: work } as Record<string, string>;
  await rm(SHELL_FILE, { force: true });
  const log = join(work, 'emulator.log');
  const emulator = startProgram('npm', ['run', 'emulator'], { cwd: ROOT, env, log });
  const isMissing = await until('the emulator is there', START, () => {
    const told = emulator.ended();
    if (told?.includes('not to be had') === true) return Promise.resolve(true);
    if (told !== undefined) throw new Error(`The emulator did not start:\n${told}`);
    return Promise.resolve(existsSync(SHELL_FILE) ? false : undefined);
  });
  if (isMissing) {
    console.log('Skipped, because MiniStack is not to be had on this machine.');
    return 0;
  }
  const script = join(work, 'docs.sh');
  const printed = await readFile(log, 'utf8');
  const typed = ['client id', 'client secret'].map((title) => wordAfter(title, printed));
  const lines = blocks.map((block) => shown(block, typed));
  await writeFile(script, `set -eo pipefail\n${lines.join('')}echo "-- all lines were run"\n`);
  const shell = startProgram('bash', [script], { cwd: ROOT, env, log: join(work, 'shell.log') });
  const told = await until('all lines were run', LONGEST, () => Promise.resolve(shell.ended()));
  console.log(await readFile(join(work, 'shell.log'), 'utf8'));
  return told.endsWith('-- all lines were run') ? 0 : 1;
}

/** A block as the shell runs it, with its place in the page printed before, and what is typed where it asks for something. */
function shown({ line, where, text }: ShellBlock, typed: readonly string[]): string {
  const place = `docs/aws.md:${line}`;
  if (where === 'AWS') return `echo "-- ${place} is for AWS alone"\n`;
  const input = text.includes('read -r') ? ` <<'INPUT'\n${typed.join('\n')}\nINPUT` : '';
  return `echo "-- ${place}"\n{\n${text}}${input}\n`;
}

function wordAfter(title: string, text: string): string {
  return new RegExp(`${title}\\s+(\\S+)`).exec(text)?.[1] ?? '';
}

const work = await mkdtemp(join(tmpdir(), 'lifeboat-aws-docs-'));
let code = 1;
try {
  code = await run(work);
} catch (error) {
  console.error(error);
} finally {
  await stopPrograms();
  await rm(work, { recursive: true, force: true });
  for (const left of ['cdk-outputs.json', 'records.json', 'answer.json'])
    await rm(join(ROOT, left), { force: true });
}
process.exit(code);
