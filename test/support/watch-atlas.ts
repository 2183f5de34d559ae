import type { Incoming } from '../../simulator/api.ts';
import type { Answer } from '../../simulator/door.ts';
import type { WitnessedLook, WitnessedRequest } from '../invariants/witness.ts';

/** What a request asks for that can't be taken back; undefined for any other. */
export function requestOf(
  operation: string,
  { path }: Incoming,
): Pick<WitnessedRequest, 'what' | 'of'> | undefined {
  const after = (part: string) => partsAfter(path)(part);
  switch (operation) {
    case 'createBackupRestoreJob':
      return { what: 'restore', of: `${after('groups')}/${after('clusters')}` };
    case 'createFlexRestoreJob':
      return { what: 'restore', of: `${after('groups')}/${after('flexClusters')}` };
    case 'cutoverMigration':
      return { what: 'cutover', of: after('liveMigrations') };
    default:
      return undefined;
  }
}

/** What Atlas told of a migration; undefined for any other answer. */
export function lookOf(
  operation: string,
  { path }: Incoming,
  answer: Answer,
): Omit<WitnessedLook, 'at'> | undefined {
  if (operation !== 'getGroupLiveMigration' || answer.kind !== 'reply' || answer.reply.status !== 200)
    return undefined;
  const told = JSON.parse(answer.reply.body) as {
    readonly readyForCutover?: boolean;
    readonly lagTimeSeconds?: number;
  };
  return {
    migrationId: partsAfter(path)('liveMigrations'),
    ready: told.readyForCutover === true,
    lagSeconds: told.lagTimeSeconds ?? null,
  };
}

/** The part of a path that stands behind another. */
function partsAfter(path: string): (part: string) => string {
  const parts = path.split('/').map(decodeURIComponent);
  return (part) => parts[parts.indexOf(part) + 1] ?? '';
}
