import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { PRICES } from '../../infra/prices.ts';
import { machineLine, thisMachine } from '../machine.ts';
import { ASSUMED } from './assumed.ts';
import { lookingStates, type Counts } from './counts.ts';
import { countDeployedDrill } from './deployed.ts';
import { billOf, naiveBillOf } from './dollars.ts';
import { countHourRestore } from './hour.ts';
import { drillTable, restoreTable } from './tables.ts';

const RESULTS = new URL('../results/', import.meta.url);

const NOT_SHOWN = `What this does not show:
- AWS was not asked. States, calls, requests and units are counted, on an emulator and on the embedded engine; prices are those of
  infra/prices.ts; the seconds of functions are assumed, ${ASSUMED.invocationSeconds} s a call and ${ASSUMED.coldStartSeconds} s for each function's first.
  What the handlers took is of this machine, with Atlas and the table next door.
- The loop starts a restore and looks at it. It checks nothing before or after, keeps no record and writes no report.
- Not in it: logs, traces, secrets, metrics, alarms, events on the bus, and what is there without any job. See docs/aws.md.
- Earlier restores are spread around an hour as those of Atlas's own tests are around four minutes. Yours may be spread wider.`;

// The SDK would say on every start that it wants a newer Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const drill = await countDeployedDrill();
const hour = await countHourRestore();
const learnt = hour.learnt.toSorted((one, other) => one.transitions - other.transitions);
const middle = learnt[learnt.length >> 1] ?? hour.first;
const machine = thisMachine();

console.log(`Cost, on ${machineLine(machine)}, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
if ('skipped' in drill) console.log(`The deployed drill was left out: ${drill.skipped}.\n`);
else {
  console.log(`A drill, deployed to the emulator and on the embedded engine\n\n${drillTable(drill)}\n`);
  console.log(`Both went the same way through the workflow: ${drill.sameCourse ? 'yes' : 'NO'}\n`);
}
console.log(`A restore of an hour, on the embedded engine\n\n${restoreTable(hour, middle)}\n`);
console.log(NOT_SHOWN);

const withBill = (counts: Counts, bill = billOf(counts)) => ({
  ...counts,
  looking: lookingStates(counts.entered),
  dollars: bill,
});
const results = {
  machine,
  prices: PRICES,
  assumed: ASSUMED,
  drill:
    'skipped' in drill
      ? drill
      : { ...drill, deployed: withBill(drill.deployed), embedded: withBill(drill.embedded) },
  hour: {
    naive: withBill(hour.naive, naiveBillOf(hour.naive)),
    first: withBill(hour.first),
    learnt: withBill(middle),
    learntTransitions: learnt.map(({ transitions }) => transitions),
  },
};
mkdirSync(RESULTS, { recursive: true });
writeFileSync(new URL('cost.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`);
console.log('\nWritten to bench/results/cost.json.');
process.exit('skipped' in drill || drill.sameCourse ? 0 : 1);
