import type { ProjectNames } from '../runbooks/project.ts';
import type { AtlasClient } from '../atlas/client.ts';
import { readProject } from './read-project.ts';

/** Reads the names of projects. Never throws: where a name cannot be read, people are shown the id alone. */
export async function readProjectNames(ids: readonly string[], atlas: AtlasClient): Promise<ProjectNames> {
  const names: Record<string, string> = {};
  for (const id of new Set(ids)) {
    try {
      const read = await readProject(id, atlas);
      if ('seen' in read && read.seen.name !== undefined) names[id] = read.seen.name;
    } catch {
      // Whatever keeps Atlas from answering stops the work itself, not the name of a project.
    }
  }
  return names;
}
