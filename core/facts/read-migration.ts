import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { MigrationFacts } from '../runbooks/guards/migration.ts';
import type { CutoverRunbook } from '../runbooks/kinds/cutover.ts';
import { MigrationNotFoundError } from './errors.ts';

/** 404s that tell of the migration itself, not of its project. */
const NO_PROJECT = ['GROUP_NOT_FOUND', 'INVALID_GROUP_ID'];

/**
 * Reads the live migration of a runbook. A lag that is missing, or no number of seconds, is null: Atlas leaves it out at the
 * cutover, and missing is not zero.
 *
 * @throws MigrationNotFoundError, and the errors of the Atlas client.
 */
export async function readMigration(
  { target, migration }: Pick<CutoverRunbook, 'target' | 'migration'>,
  atlas: AtlasClient,
): Promise<MigrationFacts> {
  try {
    const found = await atlas.liveMigrations.getGroupLiveMigration({
      groupId: target.project,
      liveMigrationId: migration,
    });
    const { status, readyForCutover, lagTimeSeconds } = found;
    return {
      ...(status !== undefined && { status }),
      ready: readyForCutover === true,
      lagSeconds: lagTimeSeconds !== undefined && lagTimeSeconds >= 0 ? lagTimeSeconds : null,
    };
  } catch (error) {
    const isMissing = error instanceof AtlasError && error.status === 404;
    if (!isMissing || NO_PROJECT.includes(error.errorCode ?? '')) throw error;
    throw new MigrationNotFoundError(
      `Project ${target.project} of target ${clusterName(target)} has no live migration ${migration}, or the credentials cannot see it.`,
      {
        changed: 'Nothing was changed.',
        next: 'Check migration and target.project in the runbook: the migration is listed in the project that it goes into.',
        cause: error,
      },
    );
  }
}
