import { AtlasError } from '../../atlas/errors.ts';
import { unlessMissing } from './seeing.ts';

/** How a change ended: Atlas made it now, or things were so already. */
export type Change = 'made' | 'already';

/**
 * Codes of a 409 that say that the thing is there. Atlas documents none of them, so they are known by their words; a 409
 * with any other code, or without one, may mean a limit or a lock, and then nothing was made.
 */
const IS_THERE = /(^|_)(DUPLICATES?|ALREADY|EXISTS)(_|$)/;

/** Codes that hold such a word and yet speak of something else: `RESTORE_ALREADY_IN_PROGRESS`, say. */
const OTHER_CONFLICT = /^CANNOT_|PAUSED|IN_PROGRESS|IN_USE|_NOT_/;

/** Codes of a 400 that nevertheless say that the thing is there: `ATLAS_FTS_DUPLICATE_INDEX`, say. */
const DUPLICATE = /DUPLICATE|ALREADY_(EXISTS|IN)/;

/**
 * Creates something.
 *
 * @returns `already` when Atlas's refusal says that it is there.
 * @throws every other error of the Atlas client.
 */
export async function createUnlessThere(create: () => Promise<unknown>): Promise<Change> {
  try {
    await create();
    return 'made';
  } catch (error) {
    if (error instanceof AtlasError && isThere(error)) return 'already';
    throw error;
  }
}

/**
 * Deletes something.
 *
 * @returns `already` when Atlas knows no such thing. A project or organization that Atlas does not know is an error: it
 * says nothing of the thing.
 * @throws every other error of the Atlas client.
 */
export async function deleteUnlessGone(remove: () => Promise<unknown>): Promise<Change> {
  const removed = await unlessMissing(async (): Promise<Change> => {
    await remove();
    return 'made';
  });
  return removed ?? 'already';
}

function isThere({ status, errorCode = '' }: AtlasError): boolean {
  if (status === 409) return IS_THERE.test(errorCode) && !OTHER_CONFLICT.test(errorCode);
  return status === 400 && DUPLICATE.test(errorCode);
}
