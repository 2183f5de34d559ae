import { HistoryDamagedError } from '../errors.ts';
import type { Item } from './write-item.ts';

/**
 * Reads the JSON text that an item holds.
 *
 * @param what names the item at the beginning of a sentence, for example `Event 3 of job X`.
 * @throws HistoryDamagedError when the text is gone or is not JSON any more.
 */
export function readDocument(
  item: Item,
  what: string,
  attribute: 'document' | 'summary' = 'document',
): unknown {
  const text = item[attribute];
  try {
    if (typeof text !== 'string') throw new TypeError(`${attribute} is not text`);
    return JSON.parse(text);
  } catch (error) {
    throw new HistoryDamagedError(`${what} is not as Lifeboat wrote it and cannot be read.`, {
      changed: 'Nothing was changed.',
      next: 'Bring the history back from a backup, or leave this job out.',
      cause: error,
    });
  }
}
