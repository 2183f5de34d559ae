import { isMap } from '../runbooks/is-map.ts';

/** Where the runbook of a job came from. */
export interface RunbookOrigin {
  /** The name under which the installation keeps it; absent for a runbook that was sent along, or read from another file. */
  readonly kept?: string;
  /** The fields that were overridden when the job was started, such as `objectives.rto`. */
  readonly overridden: readonly string[];
}

/** The origin of a runbook that whoever starts the job brought along. */
export const BROUGHT: RunbookOrigin = { overridden: [] };

/**
 * The fields that a JSON merge patch (RFC 7396) replaces or takes away. An empty map counts as a field of its own: it may take
 * the place of something else.
 */
export function overriddenFields(patch: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(patch).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    return isMap(value) && Object.keys(value).length > 0 ? overriddenFields(value, `${path}.`) : [path];
  });
}

/** Whether a list of fields permits one: it names the field, or one that the field is part of. */
export function permits(fields: readonly string[], path: string): boolean {
  return fields.some((field) => path === field || path.startsWith(`${field}.`));
}
