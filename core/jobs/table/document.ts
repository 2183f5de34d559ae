import { damagedItem } from './checksum.ts';
import type { Item } from './item.ts';

/**
 * Reads the JSON text that an item holds.
 *
 * @param what names the item at the beginning of a sentence, for example `Event 3 of job X`.
 * @throws HistoryDamagedError when the text is gone or is not JSON any more.
 */
export function readDocument({ document }: Item, what: string): unknown {
  try {
    if (typeof document !== 'string') throw new TypeError('The document is not text');
    return JSON.parse(document);
  } catch (error) {
    throw damagedItem(what, error);
  }
}
