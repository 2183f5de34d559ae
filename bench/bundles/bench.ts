import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineLine, thisMachine } from '../machine.ts';
import { loadAll, readMeta, weigh, type LoadTimes, type Measured } from './measure.ts';
import { writeReferences } from './references.ts';

const RESULTS = new URL('../results/', import.meta.url);

/** What no bundle may exceed: thousands of bytes, and milliseconds to load, by the clock of a quiet machine (median). */
const BAR = { kilobytes: 1350, kilobytesOfHttp: 1600, milliseconds: 200 };

const NOT_SHOWN = `What this does not show:
- Node's own start, and Lambda's work before it: 110 to 170 ms for an empty function (maxday/lambda-perf, December 2025).
- Lambda's processor: 512 MB are about a third of one. What takes 30 ms here may take three times as long there. The share of what the
  SDK's client takes holds there, too.
- Other work on this machine makes every time longer, by the clock most of all; everything is loaded in turns, so that the
  shares suffer less.
- Times are milliseconds. "of SDK" is the time of the processor, of that for the SDK's client for DynamoDB alone.
- What a first request loads besides, such as Node's own TLS.`;

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
try {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/bundle-lambdas.ts', join(folder, 'bundles')]);
  const bundles = join(folder, 'bundles');
  const meta = readMeta(bundles);
  const names = readdirSync(bundles).filter((name) => statSync(join(bundles, name)).isDirectory());
  const { nothing, sdk } = await writeReferences(folder);
  const files = names.map((name) => ({ name, file: join(bundles, name, 'index.mjs') }));
  const times = loadAll([nothing, sdk, ...files]);
  const timesOf = (name: string): LoadTimes => times.get(name) ?? { least: NaN, median: NaN, processor: NaN };
  const measured = names
    .map((name) => ({ ...weigh(bundles, name, meta), loadMilliseconds: timesOf(name) }))
    .sort((one, other) => other.kilobytes - one.kilobytes);
  const references = {
    nothing: timesOf(nothing.name),
    sdkClient: { kilobytes: sdk.kilobytes, loadMilliseconds: timesOf(sdk.name) },
  };
  report(measured, references);
  const machine = { ...thisMachine(), load: loadavg()[0] };
  mkdirSync(RESULTS, { recursive: true });
  const results = { machine, bar: BAR, references, bundles: measured };
  writeFileSync(new URL('bundles.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

interface References {
  readonly nothing: LoadTimes;
  readonly sdkClient: { readonly kilobytes: number; readonly loadMilliseconds: LoadTimes };
}

function report(measured: readonly Measured[], { nothing, sdkClient }: References): void {
  const client = sdkClient.loadMilliseconds.processor;
  const line = (name: string, kilobytes: number, { least, median, processor }: LoadTimes, more: string) =>
    [
      name.padEnd(26),
      String(kilobytes).padStart(5),
      least.toFixed(0).padStart(7),
      median.toFixed(0).padStart(7),
      processor.toFixed(0).padStart(9),
      `${((processor / client) * 100).toFixed(0)} %`.padStart(8),
      `  ${more}`,
    ].join(' ');
  console.log(`Bundles, on ${machineLine(thisMachine())}, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
  console.log(
    'bundle                        KB   least  median  processor  of SDK   what takes the room, KB',
  );
  console.log(line('an empty module', 0, nothing, ''));
  console.log(line('client-dynamodb alone', sdkClient.kilobytes, sdkClient.loadMilliseconds, ''));
  for (const { name, kilobytes, loadMilliseconds, largest } of measured) {
    const parts = Object.entries(largest).map(([owner, count]) => `${owner} ${count}`);
    console.log(line(name, kilobytes, loadMilliseconds, parts.join(', ')));
  }
  const over = measured.filter(
    ({ name, kilobytes, loadMilliseconds: { median } }) =>
      kilobytes > (name.startsWith('http-') ? BAR.kilobytesOfHttp : BAR.kilobytes) ||
      median > BAR.milliseconds,
  );
  const verdict = over.length === 0 ? 'every function' : `all but ${over.map(({ name }) => name).join(', ')}`;
  console.log(
    `\nAt most ${BAR.kilobytes} KB (HTTP: ${BAR.kilobytesOfHttp}) and, here, ${BAR.milliseconds} ms by the clock: ${verdict}.`,
  );
  console.log(`\n${NOT_SHOWN}\n\nWritten to bench/results/bundles.json.`);
}
