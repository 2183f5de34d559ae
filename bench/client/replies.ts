import { createAtlasClient } from '../../core/atlas/create-client.ts';
import { seededRandom } from '../../core/random.ts';
import { wallClock } from '../../local/scaled-clock.ts';
import { PRACTICE_IDS } from '../../simulator/practice-ids.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Replies } from './server.ts';

/** What the calls are about, the same for every client. */
export const ASKED = {
  groupId: PRACTICE_IDS.productionId,
  clusterName: 'orders',
  restoreJobId: 'a'.repeat(24),
} as const;

/** What the simulator replies to the calls that are compared. */
export async function recordReplies(): Promise<Replies> {
  const clock = wallClock();
  const simulator = await startSimulator({ clock, seed: 1, speed: 1 });
  const { clientId, clientSecret } = simulator.credentials;
  const client = createAtlasClient({
    baseUrl: simulator.baseUrl,
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock,
    random: seededRandom(1),
  });
  try {
    const { groupId, clusterName } = ASKED;
    const cluster = await client.call('getCluster', { groupId, clusterName });
    const snapshots = await client.call('listBackupSnapshots', { groupId, clusterName });
    const snapshotId = (snapshots as { readonly results: readonly { readonly id: string }[] }).results[0]?.id;
    const restore = await client.call('createBackupRestoreJob', {
      ...{ groupId, clusterName },
      body: {
        ...{ deliveryType: 'automated', snapshotId },
        targetClusterName: 'orders-drill',
        targetGroupId: PRACTICE_IDS.drillsId,
      },
    });
    return {
      [`/clusters/${clusterName}`]: JSON.stringify(cluster),
      '/backup/snapshots': JSON.stringify(snapshots),
      [`/backup/restoreJobs/${ASKED.restoreJobId}`]: JSON.stringify(restore),
    };
  } finally {
    await client.close();
    await simulator.close();
  }
}
