import { AtlasError } from '../../atlas/errors.ts';
import { look } from '../../facts/look.ts';
import type { StepAnswer } from '../protocol/step-answer.ts';

/** Why something could not be seen, and what would help, where Atlas's answer tells. */
export interface Blind {
  readonly unseen: string;
  readonly next?: string | undefined;
}

/** 404s that say nothing of the thing itself: the credentials do not reach the place where it would be. */
const PLACE_NOT_FOUND = ['GROUP_NOT_FOUND', 'ORG_NOT_FOUND', 'ORGANIZATION_NOT_FOUND'];

/**
 * Reads something, or says why it could not be seen and, for want of a role, which role is missing. Only "not allowed"
 * and "not there" are reasons; every other error of the Atlas client is thrown.
 *
 * @param what the thing, as a person would call it, for example `the alerts of project …`.
 */
export async function see<T>(what: string, read: () => Promise<T>): Promise<{ readonly seen: T } | Blind> {
  let next: string | undefined;
  const found = await look(what, async () => {
    try {
      return await read();
    } catch (error) {
      if (error instanceof AtlasError) next = error.next;
      throw error;
    }
  });
  return 'seen' in found ? found : { ...found, next };
}

/**
 * What `read` gives, or undefined where Atlas says that there is no such thing. That the whole project or organization
 * cannot be seen is thrown, like every other error of the Atlas client.
 */
export async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const missing = error instanceof AtlasError && error.status === 404;
    if (missing && !PLACE_NOT_FOUND.includes(error.errorCode ?? '')) return undefined;
    throw error;
  }
}

/**
 * The answer of a check that could not look.
 *
 * @param question what remains open, as in "whether … ".
 */
export function couldNotSee({ unseen, next }: Blind, question: string): StepAnswer {
  const message = `Could not look at ${unseen}; ${question} is not known.`;
  return { outcome: 'unknown', message: next === undefined ? message : `${message} ${next}` };
}

/** The answer of a check that compares with the source, in a job that has none in Atlas. */
export function noSource(what: string): StepAnswer {
  return {
    outcome: 'failed',
    message: `The runbook names no source in Atlas, so there is no ${what} to compare with.`,
  };
}

/** The answer of a check of the target in a job that has none. */
export function noTarget(what: string): StepAnswer {
  return { outcome: 'failed', message: `The runbook names no target, so there is no ${what} to look at.` };
}
