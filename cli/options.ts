import { InvalidArgumentError, Option } from 'commander';

/** Not all that `Number` reads: `0x10`, `1e3` and spaces are typing mistakes in an option. */
const DECIMAL = /^\d{1,16}(\.\d{1,16})?$/;

/** Numbers that options take: read, checked, and named in the error when they are something else. */
function numberBetween(lowest: number, highest: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const fits =
      DECIMAL.test(text) && value >= lowest && value <= highest && (!whole || Number.isInteger(value));
    if (!fits)
      throw new InvalidArgumentError(`Write a ${whole ? 'whole ' : ''}number from ${lowest} to ${highest}.`);
    return value;
  };
}

/** `--speed`: seconds of the job's clock in one second of the machine's. */
export function speedOption(description: string): Option {
  return new Option('--speed <n>', description).argParser(numberBetween(1, 10_000, false));
}

/** `--seed`: an unsigned 32-bit integer. */
export function seedOption(description: string): Option {
  return new Option('--seed <n>', description).argParser(numberBetween(0, 2 ** 32 - 1, true));
}

/** `--port`: a TCP port; 0 takes a free one. */
export function portOption(description: string): Option {
  return new Option('--port <n>', description).argParser(numberBetween(0, 65_535, true));
}

/** `--limit`: how many jobs a page holds. */
export function limitOption(description: string): Option {
  return new Option('--limit <n>', description).argParser(numberBetween(1, 200, true)).default(20);
}

/** `--world` and `--faults`: what the simulator is given. */
export function worldOption(): Option {
  return new Option('--world <file>', 'the simulated projects and clusters, YAML or JSON');
}

/** See {@link worldOption}. */
export function faultsOption(): Option {
  return new Option('--faults <file>', 'what goes wrong in the simulated Atlas, YAML or JSON');
}

/** `--auto-approve`: Lifeboat plays the people who approve. */
export function autoApproveOption(): Option {
  return new Option('--auto-approve', 'play the people who approve; in a simulated Atlas alone');
}

/** `--json` of a command that has a result. */
export function jsonOption(description: string): Option {
  return new Option('--json', description);
}

/** `--reason`: what a decision is recorded with. An empty one would record nothing. */
export function reasonOption(): Option {
  return new Option('--reason <text>', 'why; kept in the timeline and the report')
    .makeOptionMandatory()
    .argParser((text) => {
      if (text.trim() === '') throw new InvalidArgumentError('Write a reason: it is kept for whoever asks.');
      return text.trim();
    });
}

/** `--yes`: what erases is meant. */
export function yesOption(): Option {
  return new Option('--yes', 'do not ask before clusters are erased or cut over');
}
