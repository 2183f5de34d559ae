import { ApiError } from '../api-error.ts';
import type { ApiRequest } from '../http-types.ts';
import { cutOver, liveMigrationView } from '../live-migrations.ts';
import type { LiveMigrationState } from '../project-state.ts';
import { found, LOOK, type Operation, part, projectOf } from './operation.ts';

/** Live migrations into a project. */
export const MIGRATION_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getGroupLiveMigration',
    path: '/liveMigrations/{liveMigrationId}',
    permission: 'readOrganization',
    handle: (request) => {
      const asked = migration(request);
      const view = liveMigrationView(asked, request.now);
      return { status: 200, body: { _id: asked.id, migrationHosts: [asked.migrationHost], ...view } };
    },
  },
  {
    ...LOOK,
    id: 'cutoverMigration',
    method: 'PUT',
    path: '/liveMigrations/{liveMigrationId}/cutover',
    permission: 'ownOrganization',
    changes: true,
    handle: (request) => {
      cutOver(request.world, migration(request), request.now);
      return { status: 202 };
    },
  },
];

function migration(request: ApiRequest): LiveMigrationState {
  const { id: project, liveMigrations } = projectOf(request);
  const id = part(request, 'liveMigrationId');
  return found(liveMigrations, id, new ApiError('LIVE_MIGRATION_NOT_FOUND', id, project));
}
