import { userInfo } from 'node:os';

/** Who types: the name of the user, or its number where the machine knows no name for it, as in many containers. */
export function whoTypes(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
