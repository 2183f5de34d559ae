#!/usr/bin/env node
import { CommanderError, type Command } from 'commander';
import type { Cli } from './cli.ts';
import { tellable } from './errors.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { printError } from './output/print-error.ts';
import { createProgram, type GlobalOptions } from './program.ts';
import { outputOn } from './terminal.ts';

/** Runs the command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = createProgram({ cli: cliOf, ended: (how) => (code = how) });
  const fail = (error: unknown) => {
    const { err, debug } = cliOf(program);
    printError(error, err, debug);
    return Math.max(...tellable(error).map(({ name }) => exitCodeFor(name)));
  };
  // What a library throws behind our back is told like any other error.
  process.on('uncaughtException', (error) => process.exit(fail(error)));
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    return fail(error);
  }
}

function cliOf(command: Command): Cli {
  const {
    home,
    quiet = false,
    debug = false,
    color,
    remote,
    aws = false,
  } = command.optsWithGlobals<GlobalOptions>();
  return {
    out: outputOn(process.stdout, process.env, color),
    err: outputOn(process.stderr, process.env, color),
    env: process.env,
    home: home ?? homeFrom(process.env.LIFEBOAT_HOME),
    quiet,
    debug,
    ...(remote !== undefined && { remote: { url: remote, aws } }),
  };
}

/** A blank variable names no folder. */
function homeFrom(variable = ''): string {
  return variable.trim() === '' ? '.lifeboat' : variable.trim();
}

/** Whoever reads may stop reading (`| head`): a job under way goes on all the same. Other faults are told. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      if (stream === process.stdout)
        process.stderr.write(`Error: The output could not be written: ${error.message}.\n`);
      process.exit(EXIT.failed);
    });
  }
}

tolerateClosedPipes();
const code = await main(process.argv);
// A timer that a library left behind must not keep the process: everything of ours is closed by now.
process.stdout.write('', () => process.exit(code));
