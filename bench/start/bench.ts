import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineLine, thisMachine } from '../machine.ts';
import { table } from '../markdown.ts';
import { median, share } from '../median.ts';
import { timeFirstLook, type FirstLook } from './first-look.ts';
import { buildPackage, type BuiltPackage } from './package.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How often each command is run: all of them in turn, so that other work on the machine slows each alike. */
const RUNS = 15;
/** How often a drill is run. */
const DRILLS = 7;

const NOT_SHOWN = `What this does not show:
- The first start after an install, when no file is in the memory of the machine yet.
- npx, which looks for a newer version first, and npm run, which starts npm first.
- Atlas itself: the simulator answers within a millisecond, and the time that the network takes comes on top.
- Other work on this machine makes every time longer, that of an empty Node as well; the ratios last.`;

/** How long commands took, in milliseconds. */
interface Timed {
  readonly what: string;
  readonly goal?: number;
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  /** The median of this over that of an empty Node, run by run. */
  readonly overNode: number;
}

const EMPTY = 'node -e 0';

const built = buildPackage();
try {
  const commands = timeCommands(built);
  const empty = commands.find(({ what }) => what === EMPTY)?.median ?? NaN;
  const rows = [...commands, ...(await timeRun(built, empty))];
  const machine = thisMachine();
  const results = { machine, runs: RUNS, drills: DRILLS, rows };
  writeFileSync(new URL('../results/start.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Starting, on ${machineLine(machine)}\n`);
  console.log(
    table(
      ['what', 'goal ms', 'least', 'median', 'p95', 'over node -e 0'],
      rows.map((row) => [
        row.what,
        row.goal === undefined ? '' : String(row.goal),
        ...[row.least, row.median, row.p95].map((time) => time.toFixed(0)),
        row.overNode.toFixed(1),
      ]),
    ),
  );
  console.log(`\n${NOT_SHOWN}\n\nWritten to bench/results/start.json.`);
} finally {
  built.remove();
}

/** Commands that come to their end by themselves. */
function timeCommands({ main, folder }: BuiltPackage): Timed[] {
  const home = ['--home', join(folder, 'home')];
  const drill = ['run', join(ROOT, 'examples/drill.yaml'), '--simulate', '--speed', '1000', '--quiet'];
  time([main, ...home, ...drill]);
  const commands = [
    { what: EMPTY, args: ['-e', '0'] },
    { what: 'lifeboat --help', goal: 150, args: [main, '--help'] },
    { what: 'lifeboat jobs list', goal: 400, args: [main, ...home, 'jobs', 'list'] },
    {
      what: 'in a checkout, through tsx: --help',
      args: ['--import', 'tsx', join(ROOT, 'cli/main.ts'), '--help'],
    },
  ];
  const rounds = Array.from({ length: RUNS }, () => commands.map(({ args }) => time(args)));
  return commands.map(({ what, goal }, nth) => {
    const times = rounds.map((round) => round[nth] ?? NaN);
    const overNode = median(rounds.map((round) => (round[nth] ?? NaN) / (round[0] ?? NaN)));
    return { ...summary(what, goal, times), overNode };
  });
}

async function timeRun(built: BuiltPackage, empty: number): Promise<Timed[]> {
  const runs: FirstLook[] = [];
  for (let run = 0; run < DRILLS; run += 1) runs.push(await timeFirstLook(built));
  const row = (what: string, key: keyof FirstLook, goal?: number) => {
    const timed = summary(
      what,
      goal,
      runs.map((one) => one[key]),
    );
    return { ...timed, overNode: timed.median / empty };
  };
  return [
    row('lifeboat run: Atlas is asked', 'atlasAsked', 1000),
    row('lifeboat run: the restore is asked for', 'restoreAskedFor'),
    row('lifeboat run: the restore is looked at', 'restoreFollowed'),
  ];
}

function summary(what: string, goal: number | undefined, times: readonly number[]): Omit<Timed, 'overNode'> {
  return {
    what,
    ...(goal !== undefined && { goal }),
    least: Math.min(...times),
    median: median(times),
    p95: share(times, 0.95),
  };
}

/** Milliseconds that a process of Node takes. */
function time(args: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - begun;
}
