import { describe, expect, it } from 'vitest';
import { collect } from '../../../core/atlas/collect.ts';
import { planJob } from '../../../core/commands/plan-job.ts';
import { ClusterNotFoundError } from '../../../core/facts/errors.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { DEFAULT_WORLD } from '../../../simulator/default-world.ts';
import { PRACTICE_IDS } from '../../../simulator/practice-ids.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

const SERVERLESS = '5e2f1c0a9d3b7a4c8e6f0ac1';
const UNKNOWN = '0123456789abcdef01234567';

/** The archive is of another organization by default, into which nothing is restored. */
const ONE_ORGANIZATION = {
  ...DEFAULT_WORLD,
  projects: DEFAULT_WORLD.projects.map((project) => ({ ...project, organization: PRACTICE_IDS.orgId })),
};

/** Opens a rehearsal, hands it to the test and closes it; gives what the test gives. */
async function withRehearsal<T>(
  faults: readonly object[],
  test: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  const rehearsal = await openRehearsal({ faults, world: ONE_ORGANIZATION });
  try {
    return await test(rehearsal);
  } finally {
    await rehearsal.close();
  }
}

function textOf(cluster: string, snapshot: string): string {
  const source = `{ project: ${PRACTICE_IDS.archiveId}, cluster: ${cluster} }`;
  return runbookText({ source, recoveryPoint: `{ snapshot: ${snapshot} }` });
}

/** How a job fails; a plan of the same runbook must have said the same. */
function failureOf(text: string, faults: readonly object[] = []) {
  return withRehearsal(faults, async (at) => {
    const planned = await problemOfPlan(text, at);
    const { jobId } = await at.start(text);
    const { failure } = await at.run(jobId);
    expect(at.simulator.restoreJobCount()).toBe(0);
    expect(planned).toBe(failure?.message);
    return failure;
  });
}

/** What a plan says instead of naming a recovery point. */
async function problemOfPlan(text: string, { atlas, clock }: Rehearsal): Promise<string | undefined> {
  const runbook = parseRunbook(text, 'runbook.yaml');
  try {
    const plan = await planJob({ runbook, policy: { protectedClusters: [] }, seed: 7 }, atlas, clock);
    expect(plan.ok).toBe(false);
    return 'recoveryPoint' in plan && 'none' in plan.recoveryPoint ? plan.recoveryPoint.none : undefined;
  } catch (error) {
    if (error instanceof ClusterNotFoundError) return error.message;
    throw error;
  }
}

describe('a snapshot that Atlas restores no more', () => {
  it('is told from one that does not exist: serverless', async () => {
    const failure = await failureOf(textOf('carts', SERVERLESS));
    expect(failure).toMatchObject({ name: 'ClusterNotFoundError' });
    expect(failure?.message).toMatch(/is of a serverless instance, .*carts, and .* January 2026/);
    expect(failure?.next).toContain('flex');
  });

  it('is not made up: the serverless instance has no such snapshot, or Atlas has ended the look-up', async () => {
    const unknown = await failureOf(textOf('carts', UNKNOWN));
    expect(unknown?.message).toContain('does not exist');
    const gone = { operation: 'getServerlessBackupSnapshot', status: 410 };
    const ended = await failureOf(textOf('carts', SERVERLESS), [gone]);
    expect(ended?.message).toContain('does not exist');
  });

  it('is told from one that does not exist: legacy', async () => {
    const place = { groupId: PRACTICE_IDS.archiveId, clusterName: 'orders-archive' };
    const [legacy] = await withRehearsal([], ({ atlas }) =>
      collect(atlas.snapshots.listClusterSnapshots(place)),
    );
    const id = legacy?.id ?? 'none';
    const noCloud = { operation: 'getClusterBackupSnapshot', status: 404, errorCode: 'RESOURCE_NOT_FOUND' };
    const failure = await failureOf(textOf('orders-archive', id), [noCloud]);
    expect(failure).toMatchObject({ name: 'NoRecoveryPointError' });
    expect(failure?.message).toContain('is of the legacy backup');
    const unknown = await failureOf(textOf('orders-archive', UNKNOWN));
    expect(unknown).toMatchObject({ name: 'NoRecoveryPointError' });
    expect(unknown?.message).not.toContain('legacy');
  });
});
