import { expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { isRestoreJob } from '../../core/jobs/job.ts';
import { restoreClass } from '../../core/tasks/work-class.ts';
import { claimJob } from '../../local/running-jobs.ts';
import { diedInRestore, inHistory, putJob } from './jobs-in-home.ts';
import { lifeboat, temporaryFolder } from './lifeboat.ts';

it('jobs show tells how long a restore still takes, judged by earlier ones', async () => {
  const home = await temporaryFolder();
  const job = await putJob(home, diedInRestore('http://127.0.0.1:1'));
  if (!isRestoreJob(job)) throw new TypeError('A drill is a restore.');
  await inHistory(home, async (jobs) => {
    for (const seconds of [7_000, 7_100, 7_200, 7_300, 7_400, 7_500]) {
      const duration = { afterSeconds: seconds, bySeconds: seconds };
      await jobs.learnDuration(restoreClass(job), ulid(), duration);
    }
  });
  // This process stands in for the one that runs the job: for a job that nobody runs there is nothing to tell.
  const claim = await claimJob(home, job.jobId);
  onTestFinished(() => claim.release());
  const [shown, json] = await Promise.all([
    lifeboat(['jobs', 'show', job.jobId, '--home', home]),
    lifeboat(['jobs', 'show', job.jobId, '--home', home, '--json']),
  ]);
  expect(shown.stdout).toMatch(
    /Under way +restore, for [\d.]+ s\n +likely about 2 h more\n +nine in ten done by/,
  );
  expect(JSON.parse(json.stdout)).toMatchObject({ outlook: { phase: 'restore', earlier: 6, longer: 6 } });
});
