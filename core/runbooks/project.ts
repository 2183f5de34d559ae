import { clusterName, type ClusterRef } from './cluster.ts';
import type { Look } from './check.ts';

/** What the guards and people need to know of a project, as `getGroup` replies it. */
export interface ProjectFacts {
  /** 24 hexadecimal digits. */
  readonly id: string;
  /** As Atlas shows it. */
  readonly name?: string | undefined;
  /** The organization that it belongs to: 24 hexadecimal digits. */
  readonly orgId?: string | undefined;
}

/** A project for people: its name, where it is known, and its id. */
export function projectName({ id, name }: Pick<ProjectFacts, 'id' | 'name'>): string {
  return name === undefined ? id : `${name} (${id})`;
}

/** Names of projects by their ids; those that could not be read are absent. */
export type ProjectNames = Readonly<Record<string, string>>;

/** A project for people by its id: {@link projectName} with the name where it is known. */
export function projectTitle(id: string, names: ProjectNames = {}): string {
  return projectName({ id, name: names[id] });
}

/** A cluster for people: `project/cluster`, and the name of the project where it is known. */
export function clusterTitle(ref: ClusterRef, names: ProjectNames = {}): string {
  const name = names[ref.project];
  return name === undefined ? clusterName(ref) : `${clusterName(ref)} (project ${name})`;
}

/** The names of the projects that the guards have read. */
export function projectNamesIn(projects: readonly (Look<ProjectFacts> | undefined)[]): ProjectNames {
  const read = projects.flatMap((look) => (look !== undefined && 'seen' in look ? [look.seen] : []));
  return Object.fromEntries(read.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])));
}
