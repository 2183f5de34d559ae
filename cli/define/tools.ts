import { Argument, type Command } from 'commander';
import type { ServeOptions } from '../commands/serve.ts';
import type { SimulatorOptions } from '../commands/simulator.ts';
import { faultsOption, jsonOption, portOption, seedOption, speedOption, worldOption } from '../options.ts';
import { withExamples, type Host } from './host.ts';

/** Defines `serve`, `simulator` and `completion`. */
export function addTools(program: Command, host: Host): void {
  addServe(program, host);
  addSimulator(program, host);
  addCompletion(program, host);
}

function addServe(program: Command, host: Host): void {
  const serve = program
    .command('serve')
    .summary('serve the HTTP API of this machine, and run its jobs')
    .description(
      'Serves the HTTP API on this machine alone, and runs the jobs that are started through it, several at a time. Makes ' +
        'a token on its first start and keeps it in the home. Goes on with jobs whose process stopped. Stays until Ctrl-C; ' +
        'unfinished jobs go on at the next start.',
    )
    .addOption(portOption('TCP port on 127.0.0.1; a free one by default'))
    .option('--runbooks <folder>', 'runbooks that jobs can be started from by name')
    .addOption(jsonOption('print the URL and the file of the token as one line of JSON'))
    .action(async (options: ServeOptions, command: Command) => {
      const commands = await import('../commands/serve.ts');
      host.ended(await commands.serve(host.cli(command), options));
    });
  withExamples(serve, [
    'lifeboat serve --port 8642 --runbooks runbooks',
    'curl -H "Authorization: Bearer $(cat .lifeboat/serve-token)" http://127.0.0.1:8642/v1/jobs',
    'lifeboat --remote http://127.0.0.1:8642 jobs list',
  ]);
}

function addSimulator(program: Command, host: Host): void {
  const simulator = program
    .command('simulator')
    .summary('start an Atlas to practise on')
    .description(
      'Starts a simulated Atlas on this machine and prints the environment that leads Lifeboat to it. It stays until ' +
        'Ctrl-C. A run against it shares its time.',
    )
    .addOption(portOption('TCP port on 127.0.0.1; a free one by default'))
    .addOption(seedOption('repeats an earlier world; drawn anew by default'))
    .addOption(speedOption('how many times as fast its time goes by, 1 to 10000').default(60))
    .addOption(worldOption())
    .addOption(faultsOption())
    .option('--state <file>', 'keep the state in this file, and go on from it')
    .addOption(jsonOption('print the base URL and the credentials as one line of JSON'))
    .action(async (options: SimulatorOptions, command: Command) => {
      const commands = await import('../commands/simulator.ts');
      host.ended(await commands.simulate(host.cli(command), options));
    });
  withExamples(simulator, [
    'lifeboat simulator --port 8089',
    'lifeboat simulator --speed 600 --seed 7 --state atlas.json',
    'lifeboat simulator --faults faults.yaml --json',
  ]);
}

function addCompletion(program: Command, host: Host): void {
  const completion = program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that teaches a shell to complete the commands and options of lifeboat.')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish', _options: unknown, command: Command) => {
      const commands = await import('../commands/completion.ts');
      host.ended(commands.completion(host.cli(command), program, shell));
    });
  withExamples(completion, [
    'source <(lifeboat completion bash)',
    'lifeboat completion zsh > "${fpath[1]}/_lifeboat"',
    'lifeboat completion fish > ~/.config/fish/completions/lifeboat.fish',
  ]);
}
