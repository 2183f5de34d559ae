import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { backupsOfKind } from '../backups/backups-of.ts';
import { compareTarget, type Likeness } from '../backups/same-restore.ts';
import { isServerlessSnapshot } from '../backups/ended-backups.ts';
import { readCluster, readDedicated, readFlex } from '../backups/read-cluster.ts';
import type { Look } from '../runbooks/check.ts';
import { clusterName, type ClusterFacts, type ClusterKind, type ClusterRef } from '../runbooks/cluster.ts';
import type { GuardFacts } from '../runbooks/guards/facts.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import type { RecoveryPoint } from '../runbooks/snapshot.ts';
import { clusterFacts } from './cluster-facts.ts';
import { ClusterNotFoundError } from './errors.ts';
import { look } from './look.ts';
import { readPointInTime } from './read-point-in-time.ts';
import { readProject } from './read-project.ts';

/** What was seen of both clusters before a restore. `kind` is the source's, when it could be told. */
export interface GatheredFacts {
  readonly guardFacts: GuardFacts;
  readonly kind: ClusterKind | undefined;
}

/**
 * Looks at everything that the guards need, changing nothing.
 *
 * @param now ISO 8601 UTC.
 * @throws ClusterNotFoundError when Atlas has no such cluster or it is a serverless instance, and the errors of the Atlas client.
 */
export async function gatherFacts(
  runbook: RestoreRunbook,
  atlas: AtlasClient,
  now: string,
  recoveryPoint?: RecoveryPoint,
): Promise<GatheredFacts> {
  const { source, target } = runbook;
  const { kind, facts } = await lookAtSource(runbook, atlas);
  const backups = kind === undefined ? undefined : backupsOfKind(kind, source, atlas);
  // First, because it tells in words of a cluster that is missing.
  const onto = target === undefined ? undefined : await lookAtTarget(target, atlas);
  const sourceProject = await readProject(source.project, atlas);
  const guardFacts: GuardFacts = {
    now,
    source: facts,
    sourceProject,
    ...(onto !== undefined && { target: onto }),
    ...(target !== undefined && {
      targetProject:
        target.project === source.project ? sourceProject : await readProject(target.project, atlas),
      openRestores: await lookAtOpenRestores(target, source, backups),
    }),
    ...('pointInTime' in runbook.recoveryPoint && {
      pointInTimeWindow: await readPointInTime(source, runbook.recoveryPoint.pointInTime, backups, now),
    }),
    ...(runbook.delivery === 'download' && { openDownloads: await readOpenDownloads(source, backups) }),
    ...(recoveryPoint !== undefined && { recoveryPoint }),
  };
  return { guardFacts, kind };
}

interface SourceLook {
  /** Known for a flex cluster even when nothing else of it can be seen. */
  readonly kind: ClusterKind | undefined;
  readonly facts: Look<ClusterFacts>;
}

async function lookAtSource(
  { source, recoveryPoint }: RestoreRunbook,
  atlas: AtlasClient,
): Promise<SourceLook> {
  const what = `the source cluster ${clusterName(source)}`;
  const read = () => unlessServerless(source, recoveryPoint, atlas);
  const dedicated = await look(what, () => orNotFound('source', source, read));
  if ('unseen' in dedicated) return { kind: undefined, facts: dedicated };
  if (dedicated.seen !== undefined) {
    const facts = clusterFacts(source, dedicated.seen);
    return { kind: facts.kind, facts: { seen: facts } };
  }
  const facts = await look(what, async () => clusterFacts(source, await readFlex(source, atlas)));
  return { kind: 'flex', facts };
}

/**
 * The cluster that a job is to overwrite or migrate into.
 *
 * @throws ClusterNotFoundError, and the errors of the Atlas client.
 */
export function lookAtTarget(target: ClusterRef, atlas: AtlasClient): Promise<Look<ClusterFacts>> {
  const read = async () => clusterFacts(target, await readCluster(target, atlas));
  return look(`the target cluster ${clusterName(target)}`, () => orNotFound('target', target, read));
}

/** Reads the source. The cluster API knows no serverless instances, so a named snapshot tells whether it was one. */
async function unlessServerless(
  source: ClusterRef,
  recoveryPoint: RestoreRunbook['recoveryPoint'],
  atlas: AtlasClient,
): ReturnType<typeof readDedicated> {
  try {
    return await readDedicated(source, atlas);
  } catch (error) {
    const missing = error instanceof AtlasError && error.status === 404;
    if (!missing || !('snapshot' in recoveryPoint)) throw error;
    if (!(await isServerlessSnapshot(source, recoveryPoint.snapshot, atlas))) throw error;
    throw new ClusterNotFoundError(
      `Snapshot ${recoveryPoint.snapshot} is of a serverless instance, ${clusterName(source)}, and Atlas ended serverless restores in January 2026.`,
      {
        changed: 'Nothing was changed.',
        next: 'Name the flex cluster that took its place as source, and one of the flex snapshots.',
        cause: error,
      },
    );
  }
}

/** A cluster that is missing is a mistake in the runbook, not a thing that could not be seen. */
async function orNotFound<T>(role: string, ref: ClusterRef, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404) throw notFound(role, ref, error);
    throw error;
  }
}

function notFound(role: string, ref: ClusterRef, cause: AtlasError): ClusterNotFoundError {
  return new ClusterNotFoundError(
    `The ${role} cluster ${clusterName(ref)} does not exist in Atlas, or the credentials cannot see it.`,
    {
      changed: 'Nothing was changed.',
      next: `Check ${role}.project and ${role}.cluster in the runbook, and the project access of the credentials.`,
      cause,
    },
  );
}

/** Restore jobs of the source that run onto the target. Atlas lists restore jobs by their source only. */
async function lookAtOpenRestores(
  target: ClusterRef,
  source: ClusterRef,
  backups: Backups | undefined,
): Promise<Look<string[]>> {
  const what = `the restore jobs of ${clusterName(source)}`;
  if (backups === undefined) return { unseen: `${what}: the source could not be read` };
  const restores = await look(what, () => backups.restores());
  return 'unseen' in restores ? restores : openOnto(target, restores.seen, what);
}

/** A restore that is under way onto a cluster which Atlas does not name may be onto this one: nobody can tell. */
function openOnto(target: ClusterRef, restores: readonly RestoreState[], what: string): Look<string[]> {
  const open = restores.filter(({ outcome }) => outcome === 'running');
  const idsOf = (likeness: Likeness) =>
    open
      .filter((one) => one.delivery !== 'download' && compareTarget(target, one) === likeness)
      .map(({ id }) => id);
  const [onto, maybe] = [idsOf('same'), idsOf('unclear')];
  if (onto.length > 0 || maybe.length === 0) return { seen: onto };
  return { unseen: `${what}: Atlas does not say onto which cluster ${maybe.join(', ')} restore` };
}

/** The downloads of the source that have not ended. */
function readOpenDownloads(
  source: ClusterRef,
  backups: Backups | undefined,
): Promise<GuardFacts['openDownloads'] & object> {
  const what = `the restore jobs of ${clusterName(source)}`;
  if (backups === undefined) return Promise.resolve({ unseen: `${what}: the source could not be read` });
  return look(what, async () =>
    (await backups.restores())
      .filter(({ delivery, outcome }) => delivery === 'download' && outcome === 'running')
      .map(({ id, snapshotId }) => ({ restoreJobId: id, snapshotId })),
  );
}
