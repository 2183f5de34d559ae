/** What a `rollback:` text may name between two braces, with what it becomes. */
export const PLACEHOLDERS = {
  job: 'the id of the job',
  runbook: 'the name of the runbook',
  migration: 'the id of the live migration',
  status: 'what Atlas last said of the migration',
  source: 'the source as PROJECT/CLUSTER',
  target: 'the target as PROJECT/CLUSTER',
  side: 'before, after or unknown: on which side of the cutover the job stopped',
  reason: 'why the job stopped',
  startedAt: 'when the job began',
  writesStoppedAt: 'when writes were stopped',
  writesBackAt: 'when the application wrote again',
  writeStopSeconds: 'how long it could not, in seconds',
  cutoverAskedAt: 'when Atlas was asked for the cutover',
  cutoverCompletedAt: 'when the cutover was seen complete',
  snapshot: 'the id of the snapshot taken afterwards',
  now: 'when the text was filled in',
} as const;

/** A name that a `rollback:` text may hold. */
export type Placeholder = keyof typeof PLACEHOLDERS;

/** Spaces around the name are taken off afterwards: to match them here takes the cube of their number. */
const PATTERN = /\{\{([^{}]*)\}\}/g;

/** The names in a text that nothing can be filled in for, each once, as they were written. */
export function unknownPlaceholders(text: string): string[] {
  const names = [...text.matchAll(PATTERN)].map(([, name = '']) => name.trim());
  return [...new Set(names)].filter((name) => !Object.hasOwn(PLACEHOLDERS, name));
}

/** A procedure with the names and times of one job in it. What stands between braces and is no placeholder stays as it is. */
export function fillRollback(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replace(PATTERN, (written, between: string) => {
    const name = between.trim();
    return Object.hasOwn(PLACEHOLDERS, name) ? values[name as Placeholder] : written;
  });
}
