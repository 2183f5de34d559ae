// Runs first in every function of MiniStack: makes its clock keep pace with the simulated Atlas. `Date.now` and the sleep of
// node:timers/promises are what lambdas/runtime/machine-clock.ts is made of.
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');
const timers = process.getBuiltinModule('node:timers/promises');

const file = process.env.SIMULATED_TIME_FILE;
if (existsSync(file)) {
  // An instant of the world, what it was to the simulator, and how many of its seconds go by in one.
  const { world, simulated, speed } = JSON.parse(readFileSync(file, 'utf8'));
  const { now } = Date;
  const { setTimeout: sleep } = timers;
  Date.now = () => Math.round(simulated + (now() - world) * speed);
  timers.setTimeout = (milliseconds, ...rest) => sleep(milliseconds / speed, ...rest);
  syncBuiltinESMExports();
}
