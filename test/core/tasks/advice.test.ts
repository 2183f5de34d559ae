import { afterEach, expect, it } from 'vitest';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function failureWith(faults: readonly object[]) {
  rehearsal = await openRehearsal({ faults });
  const { jobId } = await rehearsal.start(runbookText());
  return (await rehearsal.run(jobId)).failure;
}

it('a guard that lacks a right asks for a role', async () => {
  const failure = await failureWith([{ operation: 'listBackupRestoreJobs', status: 403 }]);
  expect(failure?.next).toContain('Give the credentials the missing role');
});

it('a guard that Atlas gives no answer asks for none', async () => {
  const failure = await failureWith([
    { operation: 'listBackupRestoreJobs', status: 404, errorCode: 'CLUSTER_NOT_FOUND' },
  ]);
  expect(failure?.name).toBe('GuardsFailedError');
  expect(failure?.next).toContain('Find out in Atlas what a guard could not learn');
  expect(failure?.next).not.toContain('role');
});
