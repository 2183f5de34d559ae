import { deepEqual, equal, ok } from 'node:assert/strict';
import { type Deployment } from './deployment.ts';
import { functionLogs } from './function-logs.ts';
import { until } from './programs.ts';
import type { Progress } from './progress.ts';

/** Looks at what all the jobs together have left in logs and at the shop. */
export async function checkLeftovers(deployment: Deployment, progress: Progress): Promise<void> {
  const { ministack, secrets, shop, topic } = deployment;
  await progress.check('the shop was told of the drill and the cutover, once each, and signed', () => {
    ok(shop.posts.every(({ isSigned }) => isSigned));
    deepEqual(shop.posts.map(({ about }) => about).sort(), [
      'lifeboat.job.succeeded of orders-deployed-drill',
      'shop goes read-only',
      'shop writes to the new cluster',
      'tell the shop',
    ]);
  });
  await progress.check('people were told by the topic of what was to be approved', async () => {
    const asked = await until('both have been told of', 60, async () => {
      const messages = (await topic.messages()).filter((text) => text.includes('approv'));
      return messages.length < 2 ? undefined : messages;
    });
    for (const name of ['events-deployed-restore', 'orders-deployed-cutover'])
      ok(
        asked.some((text) => text.includes(name) && text.includes('lifeboat jobs show')),
        asked.join('\n\n'),
      );
  });
  const logs = (await functionLogs(ministack)).map(({ text }) => text);
  await progress.check('no function has failed', () => {
    ok(logs.length > 100, `There are ${logs.length} lines in the logs.`);
    equal(logs.filter((line) => line.includes('"level":"ERROR"')).join('\n'), '');
  });
  await progress.check('the jobs were counted', () => {
    ok(logs.some((line) => line.includes('"VerdictsPassed":1')));
  });
  await progress.check('no log holds a secret', () => {
    for (const secret of secrets) equal(logs.filter((line) => line.includes(secret)).join('\n'), '');
  });
}
