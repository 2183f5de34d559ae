import { LifeboatError } from '../core/errors.ts';
import type { Policy } from '../core/policy/policy.ts';

/** The lists of clusters and projects. */
export type GuardPolicy = Pick<Policy, 'protectedClusters' | 'allowedProjects'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** `LIFEBOAT_PROTECTED_CLUSTERS` or `LIFEBOAT_ALLOWED_PROJECTS` can't be read. */
export class GuardPolicyError extends LifeboatError {
  override readonly name = 'GuardPolicyError';
  override readonly retryable = false;
}

const PROTECTED = 'LIFEBOAT_PROTECTED_CLUSTERS';
const ALLOWED = 'LIFEBOAT_ALLOWED_PROJECTS';

/**
 * Which clusters this installation lets a restore overwrite, whatever a runbook says: `LIFEBOAT_PROTECTED_CLUSTERS`
 * (`PROJECT/CLUSTER` or `PROJECT/*`) and `LIFEBOAT_ALLOWED_PROJECTS` (project ids), each a list with commas between.
 * Unset or blank, neither forbids anything.
 *
 * @throws GuardPolicyError naming every entry that is wrong: an entry passed over would protect nothing.
 */
export function guardPolicyFrom(env: Environment): GuardPolicy {
  const protectedClusters = entries(env[PROTECTED]);
  const allowedProjects = entries(env[ALLOWED]);
  const mistakes = [
    ...mistakesIn(
      protectedClusters,
      /^[a-f0-9]{24}\/([a-zA-Z0-9][a-zA-Z0-9-]*|\*)$/,
      PROTECTED,
      'PROJECT/CLUSTER or PROJECT/*',
    ),
    ...mistakesIn(allowedProjects, /^[a-f0-9]{24}$/, ALLOWED, 'a project id'),
  ];
  if (mistakes.length > 0) {
    throw new GuardPolicyError(mistakes.join(' '), {
      changed: 'Nothing was changed.',
      next: 'Correct the environment. A project id is 24 hexadecimal digits in small letters.',
    });
  }
  return {
    protectedClusters: protectedClusters ?? [],
    ...(allowedProjects !== undefined && { allowedProjects }),
  };
}

function entries(value: string | undefined): string[] | undefined {
  const text = value?.trim() ?? '';
  return text === '' ? undefined : text.split(',').map((entry) => entry.trim());
}

function mistakesIn(
  list: readonly string[] | undefined,
  pattern: RegExp,
  variable: string,
  wanted: string,
): string[] {
  const wrong = (list ?? []).filter((entry) => !pattern.test(entry));
  return wrong.map((entry) => `${variable}: ${JSON.stringify(entry)} is not ${wanted}.`);
}
