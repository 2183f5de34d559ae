import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, readMeta } from './measure.ts';

const RESULTS = new URL('../results/', import.meta.url);

const NOT_SHOWN = `What this does not show:
- Node's own start, and Lambda's work before it: 110 to 170 ms for an empty function (maxday/lambda-perf, December 2025).
- Lambda's processor: 512 MB are about a third of one. What takes 60 ms here may take three times as long there.
- Other work on this machine makes every time longer; the least of eleven is the closest to the truth.`;

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
try {
  execFileSync(process.execPath, ['scripts/bundle-lambdas.mjs', folder]);
  const meta = readMeta(folder);
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const bundles = names
    .map((name) => measure(folder, name, meta))
    .sort((one, other) => other.kilobytes - one.kilobytes);
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    node: process.version,
    load: loadavg()[0],
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL('bundles.json', RESULTS), `${JSON.stringify({ machine, bundles }, null, 2)}\n`);
  console.log(
    `Bundles, on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load}\n`,
  );
  console.log('bundle                      KB   load ms (least, median)   what takes the room, KB');
  for (const { name, kilobytes, loadMilliseconds, largest } of bundles) {
    const { least, median } = loadMilliseconds;
    const parts = Object.entries(largest).map(([owner, count]) => `${owner} ${count}`);
    console.log(
      `${name.padEnd(24)} ${String(kilobytes).padStart(5)} ${String(least).padStart(8)} ${String(median).padStart(6)}   ${parts.join(', ')}`,
    );
  }
  console.log(`\n${NOT_SHOWN}\n\nWritten to bench/results/bundles.json.`);
} finally {
  rmSync(folder, { recursive: true });
}
