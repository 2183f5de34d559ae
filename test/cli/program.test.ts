import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';

const unused = () => {
  throw new Error('No command is run here.');
};

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 80 });
  command.outputHelp();
  return text;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

const commands = everyCommand(createProgram({ cli: unused, ended: unused }));

it.each(commands.map((command) => [command.name(), command] as const))(
  'the help of %s has examples and exit codes, and fits 80 columns',
  (_name, command) => {
    const help = helpOf(command);
    expect(help).toMatch(/\nExamples:\n {2}.*lifeboat /);
    expect(help).toMatch(/\nExit codes:\n {2}0 /);
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  },
);

/** The packages that are loaded when a file is: what it imports itself, and not only when a command runs. */
function packagesLoadedBy(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms);
  for (const [, name = ''] of imports) {
    const found = name.startsWith('.') ? packagesLoadedBy(resolve(dirname(file), name), seen) : [name];
    for (const one of found) packages.add(one);
  }
  return packages;
}

it('help is there at once: nothing but commander and colours is loaded for it', () => {
  const loaded = [...packagesLoadedBy(resolve('cli/main.ts'))].filter((name) => !name.startsWith('node:'));
  expect(loaded.sort()).toEqual(['commander', 'picocolors']);
  // The commands themselves load more, so the search finds what is there.
  expect([...packagesLoadedBy(resolve('cli/commands/run.ts'))]).toContain('undici');
});
