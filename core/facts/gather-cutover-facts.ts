import type { AtlasClient } from '../atlas/client.ts';
import type { CutoverFacts } from '../runbooks/guards/migration.ts';
import type { CutoverRunbook } from '../runbooks/kinds/cutover.ts';
import { lookAtTarget } from './gather-facts.ts';
import { look } from './look.ts';
import { readMigration } from './read-migration.ts';

/**
 * Looks at everything that the guards of a cutover need, changing nothing.
 *
 * @throws ClusterNotFoundError, MigrationNotFoundError, and the errors of the Atlas client.
 */
export async function gatherCutoverFacts(runbook: CutoverRunbook, atlas: AtlasClient): Promise<CutoverFacts> {
  return {
    target: await lookAtTarget(runbook.target, atlas),
    migration: await look(`live migration ${runbook.migration}`, () => readMigration(runbook, atlas)),
  };
}
