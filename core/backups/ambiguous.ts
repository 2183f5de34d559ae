import { AtlasError, AtlasReplyError, AtlasReplyLostError } from '../atlas/errors.ts';

/**
 * Whether a change may have been made although it looks failed: the reply was lost, was nonsense, or was a server error
 * (a 500 `UNEXPECTED_ERROR` from POST restoreJobs has been seen to have created the job).
 */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof AtlasReplyLostError || error instanceof AtlasReplyError) return true;
  return error instanceof AtlasError && error.status >= 500;
}
