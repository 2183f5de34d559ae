import { AtlasError } from '../atlas/errors.ts';
import type { Look } from '../runbooks/check.ts';

/** What is said of something that the credentials may not read, by which it is told from what Atlas does not have. */
const MAY_NOT_READ = 'the credentials may not read it';

/** Whether what could not be read was refused for want of a right, so that a role would help. */
export function isForWantOfARole(message: string): boolean {
  return message.includes(MAY_NOT_READ) || message.includes('Give the credentials the role');
}

/**
 * Reads something, or says why it could not be seen. Only "not allowed" and "not there" are reasons; everything else
 * (an unreachable Atlas, say) is an error and is thrown.
 *
 * @param what the thing, as a person would call it, for example `alerts of project …`.
 */
export async function look<T>(what: string, read: () => Promise<T>): Promise<Look<T>> {
  try {
    return { seen: await read() };
  } catch (error) {
    if (error instanceof AtlasError && (error.status === 403 || error.status === 404)) {
      const why = error.status === 403 ? MAY_NOT_READ : 'Atlas does not know it';
      return {
        unseen: `${what}: ${why} (${error.status}${error.errorCode === undefined ? '' : ` ${error.errorCode}`})`,
      };
    }
    throw error;
  }
}
