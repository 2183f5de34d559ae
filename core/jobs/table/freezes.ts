import { JobConflictError } from '../errors.ts';
import type { FreezeLog, FreezeStore } from '../freeze.ts';
import { equal, IS_NEW } from './condition.ts';
import { readDocument } from './document.ts';
import type { Table } from './table.ts';
import { putItemIf, readItem } from './write-item.ts';

/** There is one item, which every process and function that shares the history reads. */
const KEY = { pk: 'FREEZE', sk: 'FREEZE' } as const;

/** Who froze and unfroze the installation. */
export function freezes(table: Table): FreezeStore {
  return {
    async freezes() {
      const item = await readItem(table, KEY);
      return item === undefined
        ? { version: 0, entries: [] }
        : (readDocument(item, 'The record of freezes') as FreezeLog);
    },

    async saveFreezes(log) {
      const saved = { ...log, version: log.version + 1 };
      const outcome = await putItemIf(
        table,
        { ...KEY, version: saved.version, document: JSON.stringify(saved) },
        log.version === 0 ? IS_NEW : [[equal('version', log.version)]],
      );
      if (outcome.written) return saved;
      throw new JobConflictError('Somebody else froze or unfroze the installation meanwhile.', {
        changed: 'This write was not done.',
        next: 'Look at it again, and repeat what was to be done.',
      });
    },
  };
}
