import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bashScript } from '../../cli/completion/bash.ts';
import { completableCommands } from '../../cli/completion/commands.ts';
import { fishScript } from '../../cli/completion/fish.ts';
import { zshScript } from '../../cli/completion/zsh.ts';
import { createProgram } from '../../cli/program.ts';
import { temporaryFolder } from './lifeboat.ts';

const unused = () => {
  throw new Error('No command is run here.');
};
const commands = completableCommands(createProgram({ cli: unused, ended: unused }));

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const line = ['lifeboat', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _lifeboat; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', `${bashScript(commands)}\n${ask}`], { encoding: 'utf8' });
  return stdout.split('\n').filter((word) => word !== '');
}

it.skipIf(!has('bash'))('bash is offered what can follow', () => {
  expect(offered('jo')).toEqual(['jobs']);
  expect(offered('jobs', 're')).toEqual(['reject', 'resume']);
  expect(offered('jobs', 'list', '--st')).toEqual(['--status']);
  expect(offered('jobs', 'list', '--status', 'FA')).toEqual(['FAILED']);
  expect(offered('run', '--s')).toEqual(['--simulate', '--speed', '--seed']);
  expect(offered('completion', 'z')).toEqual(['zsh']);
  // Of a job's id or a file's name nothing is known here: bash completes file names then.
  expect(offered('run', 'exa')).toEqual([]);
});

it.each([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
] as const)('%s can read its script', async (shell, script) => {
  const text = script(commands);
  for (const word of ['resume', 'simulate', 'SUCCEEDED', shell]) expect(text).toContain(word);
  if (!has(shell)) return;
  const file = join(await temporaryFolder(), 'script');
  await writeFile(file, text);
  const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
