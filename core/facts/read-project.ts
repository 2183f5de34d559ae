import type { AtlasClient } from '../atlas/client.ts';
import type { Look } from '../runbooks/check.ts';
import type { ProjectFacts } from '../runbooks/project.ts';
import { look } from './look.ts';

/**
 * Reads a project's name and organization (`getGroup`, which any role in the project allows).
 *
 * @param id of the project, 24 hexadecimal digits.
 * @returns why it could not be read, where the credentials may not or Atlas does not know it. Throws the other errors of the
 * Atlas client.
 */
export function readProject(id: string, atlas: AtlasClient): Promise<Look<ProjectFacts>> {
  return look(`project ${id}`, async () => {
    const { name, orgId } = await atlas.projects.getGroup({ groupId: id });
    return { id, name, orgId };
  });
}
