import { AtlasReplyError } from '../atlas/errors.ts';
import { unreadable, type Finding, type VerifiedJob, type Verification } from './verification.ts';

/** A check of what Atlas did. */
type Check<One extends VerifiedJob> = (verification: Verification<One>) => Promise<Finding>;

/**
 * Makes checks, and gives what they find in the order of their names.
 *
 * An answer of Atlas that cannot be read is asked for again for a while. After that the check that needs it is unknown, and it
 * alone: what Atlas did, and what the others saw, stays what it is.
 *
 * @param checks by the name of their result.
 * @throws every other error of a check.
 */
export function checkEach<One extends VerifiedJob>(
  verification: Verification<One>,
  checks: Readonly<Record<string, Check<One>>>,
): Promise<Finding[]> {
  return Promise.all(Object.entries(checks).map(([name, check]) => checkOne(name, check, verification)));
}

async function checkOne<One extends VerifiedJob>(
  name: string,
  check: Check<One>,
  verification: Verification<One>,
): Promise<Finding> {
  try {
    return await check(verification);
  } catch (error) {
    if (!(error instanceof AtlasReplyError)) throw error;
    const message = `An answer of Atlas cannot be read, so this is not known. ${error.message}`;
    return unreadable(verification, { name, outcome: 'unknown', message });
  }
}
