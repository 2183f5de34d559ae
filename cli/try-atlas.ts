import { AtlasCredentialsError, AtlasUnreachableError } from '../core/atlas/errors.ts';
import type { AtlasClient } from '../core/atlas/client.ts';
import { readCluster } from '../core/backups/read-cluster.ts';
import type { ClusterRef } from '../core/runbooks/cluster.ts';
import { placeOf } from '../core/runbooks/place.ts';
import type { Runbook } from '../core/runbooks/schema.ts';
import type { Cli } from './cli.ts';
import { listenForInterrupts } from './interrupts.ts';
import { noteIfSlow } from './progress/note-if-slow.ts';
import type { Session } from './session.ts';

/**
 * One small call to the Atlas that the environment names, so that wrong credentials or a wrong address neither leave a job
 * behind nor end one that could go on. Whatever else Atlas says is for the job to deal with and to record. Asked to stop
 * meanwhile, the process ends at once.
 *
 * @param runbook whose cluster is looked at.
 * @throws AtlasCredentialsError, AtlasUnreachableError
 */
export async function tryAtlas(runbook: Runbook, { atlas, atlasUrl }: Session, cli: Cli): Promise<void> {
  // A simulated Atlas in this process lets this process in, and a session without Atlas calls nobody.
  const { source, target } = placeOf(runbook);
  const cluster = source ?? target;
  if (atlasUrl === undefined || cluster === undefined) return;
  const interrupts = listenForInterrupts(
    () => {
      cli.err.line('Stopped; nothing was begun.');
      // Waiting for the call to end would take as long as Atlas does; the history is as safe as when killed.
      process.exit(interrupts.exitCode());
    },
    () => undefined,
  );
  try {
    await noteIfSlow(look(cluster, atlas), 'Waiting for Atlas …', cli);
  } finally {
    interrupts.release();
  }
}

async function look(cluster: ClusterRef, atlas: AtlasClient): Promise<void> {
  try {
    await readCluster(cluster, atlas);
  } catch (error) {
    if (error instanceof AtlasCredentialsError || error instanceof AtlasUnreachableError) throw error;
  }
}
