import type { AtlasClient } from '../atlas/client.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { Backups } from './backups.ts';
import { dedicatedBackups } from './dedicated.ts';
import { flexBackups } from './flex.ts';
import { readKind } from './read-cluster.ts';

/** The backups of a cluster, through the API that its kind belongs to. Throws the errors of the Atlas client. */
export async function backupsOf(source: ClusterRef, atlas: AtlasClient): Promise<Backups> {
  return backupsOfKind(await readKind(source, atlas), source, atlas);
}

/** The backups of a cluster whose kind is known. */
export function backupsOfKind(kind: ClusterKind, source: ClusterRef, atlas: AtlasClient): Backups {
  return kind === 'flex' ? flexBackups(source, atlas) : dedicatedBackups(kind, source, atlas);
}
