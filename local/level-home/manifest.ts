import { readerOf } from './varint.ts';

/** What a manifest of LevelDB says of its folder. */
export interface Manifest {
  /** Logs of this number and above hold what is in no table yet. */
  readonly logNumber: number;
  /** The log before `logNumber` that is still needed; 0 when there is none. */
  readonly previousLogNumber: number;
  /** How many entries had ever been written when it was last changed. */
  readonly lastSequence: number;
  /** The size in bytes of each table file, by its number. */
  readonly tables: ReadonlyMap<number, number>;
}

/**
 * Puts together what the records of a manifest say (LevelDB's `db/version_edit.cc`).
 *
 * @throws RangeError when a record is not one of a manifest.
 */
export function readManifest(records: readonly Buffer[]): Manifest {
  const tables = new Map<number, number>();
  const numbers = { logNumber: 0, previousLogNumber: 0, lastSequence: 0 };
  for (const record of records) {
    const reader = readerOf(record);
    while (!reader.isAtEnd()) readField(reader, numbers, tables);
  }
  return { ...numbers, tables };
}

function readField(
  { number, bytes }: ReturnType<typeof readerOf>,
  numbers: { logNumber: number; previousLogNumber: number; lastSequence: number },
  tables: Map<number, number>,
): void {
  const tag = number();
  switch (tag) {
    case 1: // the name of the order of keys
      bytes();
      return;
    case 2:
      numbers.logNumber = number();
      return;
    case 3: // the next number for a file
      number();
      return;
    case 4:
      numbers.lastSequence = number();
      return;
    case 5: // where to compact next: level, key
      number();
      bytes();
      return;
    case 6: // a table that is no longer needed: level, number
      number();
      tables.delete(number());
      return;
    case 7: {
      // a table: level, number, size, smallest key, largest key
      number();
      const name = number();
      tables.set(name, number());
      bytes();
      bytes();
      return;
    }
    case 9:
      numbers.previousLogNumber = number();
      return;
    default:
      throw new RangeError(`A manifest has no field ${tag}.`);
  }
}
