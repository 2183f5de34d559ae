import { parseArgs } from 'node:util';
import { FAULTS } from './faults.ts';
import { judge, nameOf, referenceOf, runsOf } from './judge.ts';
import { SCENARIOS } from './scenarios.ts';

const { values } = parseArgs({
  options: { scenario: { type: 'string' }, fault: { type: 'string' }, every: { type: 'string' } },
});
const every = Number(values.every ?? 1);
let n = 0;
for (const scenario of SCENARIOS) {
  if (values.scenario !== undefined && !scenario.name.includes(values.scenario)) continue;
  const reference = await referenceOf(scenario);
  const begin = process.cpuUsage();
  let runs = 0;
  for (const run of runsOf(
    reference,
    FAULTS.filter(({ name }) => values.fault === undefined || values.fault === name),
  )) {
    n += 1;
    if (n % every !== 0) continue;
    runs += 1;
    const wrong = await judge(reference, run);
    if (wrong.length > 0) console.log(`${scenario.name}: ${nameOf(run)}\n    ${wrong.join('\n    ')}`);
  }
  const used = process.cpuUsage(begin);
  console.log(
    `${scenario.name}: ${reference.points.length} points, ${runs} runs, ${Math.round((used.user + used.system) / 1000)} ms`,
  );
}
process.exit();
