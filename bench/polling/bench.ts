import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { machineLine } from '../machine.ts';
import { measure } from './measure.ts';
import { readSeries, RECORDED } from './series.ts';
import { tables } from './tables.ts';

const RESULTS = new URL('../results/', import.meta.url);

const NOT_SHOWN = `What this does not show:
- The durations are of small clusters that a test suite made; take the shape, not the size.
- A look costs no time here, and work ends at a whole second. A real look adds the time of its request, for everybody alike.
- The recorded work all ended well, and all of one class is taken for one size. Work that fails is seen just as late.
- One job at a time: what it means when hundreds share a rate limit is not measured.
- Peers are followed by their intervals alone, without their first look at the start.
- "too late" counts work that was unseen for longer than max(30 s, a tenth of its duration). For Lifeboat that is work that ended
  before its looks began, being faster than nearly all before it.`;

const given = process.argv[2];
const file = given === undefined ? RECORDED : resolve(given);
const series = readSeries(file);
if (series === undefined) {
  console.error(
    `There are no recorded durations at ${file instanceof URL ? file.pathname : file}, so nothing was measured. Give a file: npm run bench:polling -- <file>`,
  );
  process.exitCode = 1;
} else {
  const results = measure(series);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL('polling.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`);
  const { recorded, wide } = results.planMilliseconds;
  console.log(`Polling, on ${machineLine(results.machine)}\n`);
  console.log(
    'Each job is predicted from those before it. In the first table: polls / mean lag s / worst lag s; in the third: polls / mean lag s / too late.\n',
  );
  console.log(tables(results));
  console.log(
    `\nPlanning one look takes ${recorded.toFixed(1)} ms at most on recorded durations, and ${wide.toFixed(1)} ms on durations between a minute and a week (medians of 51).\n`,
  );
  console.log(NOT_SHOWN);
  console.log('\nWritten to bench/results/polling.json.');
}
