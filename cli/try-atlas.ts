import { AtlasCredentialsError, AtlasUnreachableError } from '../core/atlas/errors.ts';
import type { AtlasClient } from '../core/atlas/client.ts';
import { readCluster } from '../core/backups/read-cluster.ts';
import type { ClusterRef } from '../core/runbooks/cluster.ts';
import type { Cli } from './cli.ts';
import { listenForInterrupts } from './interrupts.ts';
import { noteIfSlow } from './progress/note-if-slow.ts';
import type { Session } from './session.ts';

/**
 * One small call to the Atlas that the environment names, so that wrong credentials or a wrong address neither leave a job
 * behind nor end one that could go on. Whatever else Atlas says is for the job to deal with and to record. Asked to stop
 * meanwhile, the process ends at once.
 *
 * @param source the cluster to look at.
 * @throws AtlasCredentialsError, AtlasUnreachableError
 */
export async function tryAtlas(source: ClusterRef, { atlas, atlasUrl }: Session, cli: Cli): Promise<void> {
  // A simulated Atlas in this process lets this process in, and a session without Atlas calls nobody.
  if (atlasUrl === undefined) return;
  const interrupts = listenForInterrupts(
    () => {
      cli.err.line('Stopped; nothing was begun.');
      // Waiting for the call to end would take as long as Atlas does; the history is as safe as when killed.
      process.exit(interrupts.exitCode());
    },
    () => undefined,
  );
  try {
    await noteIfSlow(look(source, atlas), 'Waiting for Atlas …', cli);
  } finally {
    interrupts.release();
  }
}

async function look(source: ClusterRef, atlas: AtlasClient): Promise<void> {
  try {
    await readCluster(source, atlas);
  } catch (error) {
    if (error instanceof AtlasCredentialsError || error instanceof AtlasUnreachableError) throw error;
  }
}
