import { readCluster } from '../backups/read-cluster.ts';
import { clusterFacts } from '../facts/cluster-facts.ts';
import { LifeboatError } from '../errors.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';

/**
 * The state of a cluster in Atlas's own word, such as `IDLE` or `UPDATING`; undefined when it can't be read now.
 */
export async function stateOfTarget(target: ClusterRef, { atlas }: TaskContext): Promise<string | undefined> {
  try {
    return clusterFacts(target, await readCluster(target, atlas)).state;
  } catch (error) {
    if (error instanceof LifeboatError) return undefined;
    throw error;
  }
}
