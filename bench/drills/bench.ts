import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { machineLine, thisMachine } from '../machine.ts';
import { table } from '../markdown.ts';
import type { DrillsRun } from './drills.ts';
import { lossOf } from './prove.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Beside the built package, from where the files that ship beside the code are found. */
const BUILT = join(ROOT, 'dist/bench');

const COUNTS = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10, 100, 1000];
/** As fast as `run --simulate` is by itself: a drill of five minutes waits for five seconds. */
const SPEED = 60;

const NOT_SHOWN = `What this does not show:
- Atlas's own limits: the simulator lets through what 1,000 drills ask for in a minute because its minutes are a second long.
- Real waits. At the machine's own pace a drill waits for minutes, and what it works takes the same: the ratio comes close to 1.
- Drills that begin one after the other, as those of a campaign do; here all begin at once, which is the worst.
- A network between Lifeboat and Atlas; the simulated one has a process, and so a processor, of its own on this machine.
- Other work on this machine makes wall times longer; processor time hardly.`;

/** Takes long to type-check and not at all to strip: the programs run as JavaScript, as a user's do. */
async function compile(): Promise<void> {
  const entryPoints = ['atlas', 'drills'].map((name) => join(ROOT, `bench/drills/${name}.ts`));
  await build({
    ...{ entryPoints, outdir: BUILT, outExtension: { '.js': '.mjs' } },
    ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20' },
  });
}

interface AtlasTold {
  readonly baseUrl: string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
}

async function measure(drills: number): Promise<DrillsRun> {
  const atlas = fork(join(BUILT, 'atlas.mjs'), [String(drills), String(SPEED)]);
  try {
    const { baseUrl, credentials } = await toldBy<AtlasTold>(atlas);
    const env = {
      PATH: process.env.PATH,
      MONGODB_ATLAS_BASE_URL: baseUrl,
      MONGODB_ATLAS_CLIENT_ID: credentials.clientId,
      MONGODB_ATLAS_CLIENT_SECRET: credentials.clientSecret,
    };
    const run = await toldBy<DrillsRun>(fork(join(BUILT, 'drills.mjs'), [String(drills), baseUrl], { env }));
    const loss = lossOf(drills, run);
    if (loss !== undefined) throw new Error(loss);
    return run;
  } finally {
    atlas.disconnect();
  }
}

async function toldBy<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(() => undefined);
  const told = await Promise.race([once(child, 'message'), ended]);
  if (told === undefined) throw new Error('A process ended before it told anything.');
  return (told as [T])[0];
}

function report(runs: readonly DrillsRun[]): void {
  const machine = thisMachine();
  const results = { machine, speed: SPEED, runs };
  writeFileSync(new URL('../results/drills.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Drills at once in one process, on ${machineLine(machine)}; time ${SPEED} times as fast\n`);
  console.log(
    table(
      [
        ...['drills', 'none lost', 'wall s', 'waits alone s', 'over waits', 'processor s', 'ms a drill'],
        ...['peak MB', 'writes a job', 'reads a job', 'history KB a job', 'report KB a job'],
      ],
      runs.map((run) => [
        String(run.drills),
        'yes',
        run.wallSeconds.toFixed(1),
        run.waitSeconds.toFixed(1),
        (run.wallSeconds / run.waitSeconds).toFixed(1),
        run.processorSeconds.toFixed(1),
        ((run.processorSeconds / run.drills) * 1000).toFixed(0),
        run.peakMegabytes.toFixed(0),
        run.writesPerJob.toFixed(0),
        run.readsPerJob.toFixed(0),
        run.historyKilobytesPerJob.toFixed(0),
        run.reportKilobytesPerJob.toFixed(0),
      ]),
    ),
  );
  console.log(`\n${NOT_SHOWN}\n\nWritten to bench/results/drills.json.`);
}

await compile();
try {
  const runs: DrillsRun[] = [];
  for (const drills of COUNTS) runs.push(await measure(drills));
  report(runs);
} finally {
  rmSync(BUILT, { recursive: true, force: true });
}
