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

/** Nobody reads any more: the reader has stopped (`| head`), or the terminal is gone. */
const NO_READER = ['EPIPE', 'EIO'];

/**
 * Keeps a job or a server going when its output cannot be written: what they do matters more than what they print.
 *
 * @returns gives what standard output failed with; undefined while it works, or nobody reads it.
 */
function tolerateOutputFailures(): () => NodeJS.ErrnoException | undefined {
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!NO_READER.includes(error.code ?? '')) failure ??= error;
  });
  // There is no other place to say that standard error does not work.
  process.stderr.on('error', () => undefined);
  return () => failure;
}

const outputFailure = tolerateOutputFailures();
const code = await main(process.argv);
// A timer that a library left behind must not keep the process: everything of ours is closed by now.
process.stdout.write('', () => {
  const failure = outputFailure();
  if (failure === undefined) process.exit(code);
  process.stderr.write(`Error: Standard output could not be written: ${failure.message}.\n`);
  process.exit(code === EXIT.done ? EXIT.failed : code);
});
