/**
 * Deploys Lifeboat to MiniStack, an emulator of AWS on this machine, and tries it as it is deployed: jobs of every kind through
 * the HTTP API and by a schedule, in a simulated Atlas. Run it with `npm run test:deploy`.
 */
import { ok } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAlarms } from './alarms.ts';
import { deploy, WORLD_SEED } from './deployment.ts';
import { runAllEmbedded } from './embedded.ts';
import { checkLeftovers } from './leftovers.ts';
import { installMiniStack, MiniStackMissingError } from './ministack.ts';
import { play } from './play.ts';
import { byName, bySchedule, byText } from './plays.ts';
import { stopPrograms } from './programs.ts';
import { createProgress, type Progress } from './progress.ts';
import { checkRefusals } from './refusals.ts';
import { checkTokens } from './tokens.ts';

/** Minutes after which the run has failed, whatever it waits for. */
const LONGEST = 15;

const PLAYS = [
  byName('a drill by name', 'drill', 'orders-deployed-drill'),
  byText('a restore with an approval', 'restore', 'bobOperating'),
  byText('a cutover', 'cutover'),
  byText('a pipeline job', 'pipeline'),
  byText('a campaign', 'campaign'),
  bySchedule('a drill by schedule', 'scheduled-drill', 'sessions-scheduled-drill'),
];

async function tryDeployed(work: string, progress: Progress): Promise<void> {
  await installMiniStack(work);
  progress.say('MiniStack is installed');
  const twins = runAllEmbedded(Object.fromEntries(PLAYS.map(({ what, text }) => [what, text])), WORLD_SEED);
  // Whoever waits for them is told; before that, the deployment may fail.
  twins.catch(() => undefined);
  const deployment = await deploy(work, progress);
  await checkRefusals(deployment, progress);
  const waits = await Promise.all(PLAYS.map((played) => play(played, { deployment, twins, progress })));
  await progress.check('the workflows have waited', () => {
    ok(waits.some((count) => count > 0));
  });
  await checkAlarms(deployment, progress);
  await checkLeftovers(deployment, progress);
  await checkTokens(deployment, progress);
}

/** Rejects when the run has to end before its time. What was started is in groups of its own, which Ctrl-C does not reach. */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (why: string) => {
      reject(new Error(`Stopped before its end: ${why}`));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    setTimeout(stop, LONGEST * 60_000, `it took longer than ${LONGEST} minutes`).unref();
  });
}

/** The exit code. */
async function main(): Promise<number> {
  // The SDK would say on every start that it wants a newer Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const progress = createProgress();
  const work = await mkdtemp(join(tmpdir(), 'lifeboat-deploy-'));
  const clearUp = () => rm(work, { recursive: true, force: true });
  try {
    await Promise.race([tryDeployed(work, progress), interrupted()]);
  } catch (error) {
    if (error instanceof MiniStackMissingError) {
      console.log(`Skipped, because MiniStack is not to be had on this machine: ${error.message}.`);
      await clearUp();
      return 0;
    }
    await progress.check('the run goes through', () => {
      throw error;
    });
  } finally {
    await stopPrograms();
  }
  const { checks, failed } = progress.result();
  progress.say(`${checks - failed.length} of ${checks} checks passed`);
  if (failed.length > 0) console.log(`What the programs have printed is in ${work}.`);
  else await clearUp();
  return failed.length > 0 ? 1 : 0;
}

process.exit(await main());
