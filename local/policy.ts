import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { PolicyError } from '../core/policy/errors.ts';
import { hashed } from '../core/policy/hash.ts';
import { parsePolicy } from '../core/policy/parse-policy.ts';
import { NO_POLICY, stricter, type Policy } from '../core/policy/policy.ts';
import { guardPolicyFrom, type GuardPolicy } from './guard-policy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What this machine requires. */
export interface LocalPolicy {
  readonly policy: Policy;
  /** The folder of the kept runbooks that the policy names, as an absolute path. */
  readonly runbooksFolder?: string;
}

/**
 * What the environment requires of every job: the policy file that `LIFEBOAT_POLICY` names, and the lists of
 * `LIFEBOAT_PROTECTED_CLUSTERS` and `LIFEBOAT_ALLOWED_PROJECTS`, which hold beside those of the file. Nothing is required where
 * none of them is set.
 *
 * @throws PolicyError when the file cannot be read, GuardPolicyError for the lists: what was meant to protect something must not
 * count for nothing.
 */
export async function policyFrom(env: Environment): Promise<LocalPolicy> {
  const lists = guardPolicyFrom(env);
  const file = env.LIFEBOAT_POLICY?.trim() ?? '';
  if (file === '') return { policy: withLists(undefined, lists) };
  const { policy, runbooksFolder } = parsePolicy(await readPolicyFile(file), file);
  return {
    policy: withLists(policy, lists),
    ...(runbooksFolder !== undefined && { runbooksFolder: resolve(dirname(file), runbooksFolder) }),
  };
}

function withLists(policy: Policy | undefined, lists: GuardPolicy): Policy {
  const isEmpty = lists.protectedClusters.length === 0 && lists.allowedProjects === undefined;
  if (isEmpty) return policy ?? NO_POLICY;
  return hashed(policy === undefined ? lists : { ...stricter(policy, lists), breakGlass: policy.breakGlass });
}

async function readPolicyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new PolicyError(
      `The policy ${file}, which LIFEBOAT_POLICY names, cannot be read: ${reasonOf(error)}.`,
      {
        changed: 'Nothing was changed.',
        next: 'Put the file there, or name another one. Nothing is started until it can be read.',
        cause: error,
      },
    );
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'no permission to read it';
  return String(code ?? error);
}

/** A kept runbook, and the folder that keeps it. */
export interface KeptFile {
  readonly folder: string;
  /** Its name in that folder. */
  readonly name: string;
}

/**
 * Where a policy that allows only kept runbooks keeps a file; undefined when it allows any, or keeps this one nowhere.
 *
 * @param file as it was typed; links are followed.
 * @throws PolicyError when it allows only kept runbooks and names no folder for them.
 */
export async function keptFile(file: string, local: LocalPolicy): Promise<KeptFile | undefined> {
  const { policy, runbooksFolder } = local;
  if (policy.runbooks !== 'kept') return undefined;
  if (runbooksFolder === undefined) {
    throw new PolicyError('The policy allows only kept runbooks and names no folder for them.', {
      changed: 'Nothing was changed.',
      next: 'Write runbooksFolder into the policy, or start jobs through "lifeboat serve --runbooks FOLDER".',
    });
  }
  const path = await realpath(file).catch(() => resolve(file));
  const folder = await realpath(runbooksFolder).catch(() => runbooksFolder);
  if (dirname(path) !== folder) return undefined;
  return { folder, name: basename(path).replace(/\.ya?ml$/, '') };
}
