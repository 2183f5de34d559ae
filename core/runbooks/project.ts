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
