import { readCluster } from '../backups/read-cluster.ts';
import { clusterFacts } from '../facts/cluster-facts.ts';
import { look } from '../facts/look.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { secondsSinceDone, settled, unreadable, type Finding, type Verification } from './verification.ts';

/** The target is back to `IDLE`. Atlas needs a while for that after a restore or a cutover. */
export async function checkTargetIdle(verification: Verification, target: ClusterRef): Promise<Finding> {
  const name = 'target-idle';
  const seen = await look(`the target cluster ${clusterName(target)}`, async () =>
    clusterFacts(target, await readCluster(target, verification.atlas)),
  );
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; whether it is in service again is not known.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const { state, version } = seen.seen;
  const evidence = { state: state ?? null, version: version ?? null };
  if (state === undefined) {
    const message = `Atlas does not tell the state of ${clusterName(target)}; whether it is in service again is not known.`;
    return unreadable(verification, { name, outcome: 'unknown', message, evidence });
  }
  if (state === 'IDLE') {
    return settled({ name, outcome: 'pass', message: `${clusterName(target)} is IDLE again.`, evidence });
  }
  const limit = verification.job.runbook.verification.settle;
  const message = `${clusterName(target)} is still ${state} ${limit} s after Atlas was done with it (verification.settle).`;
  return {
    result: { name, outcome: 'fail', message, evidence },
    settled: secondsSinceDone(verification) > limit,
    late: true,
  };
}
