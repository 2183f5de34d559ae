import { readerOf } from './varint.ts';

/** An entry of LevelDB; without a value it says that the key is no longer there. */
export interface Entry {
  readonly key: string;
  /** Entries are numbered in the order in which they were written. */
  readonly sequence: number;
  readonly value: Buffer | undefined;
}

/** The newest entry of each key. */
export type Newest = Map<string, Entry>;

const PUT = 1;

/** Number of the first entry (8 bytes) and how many there are (4). LevelDB's `db/write_batch.cc`. */
const BATCH_HEADER = 12;

/** Number and type of an entry, behind its key in a table. LevelDB's `db/dbformat.h`. */
const KEY_TRAILER = 8;

/** Keeps an entry unless a newer one of its key is there. */
export function keepNewest(newest: Newest, entry: Entry): void {
  if ((newest.get(entry.key)?.sequence ?? -1) < entry.sequence) newest.set(entry.key, entry);
}

/** The entries of a record of a log; undefined when it is not as it was written. */
export function entriesInBatch(record: Buffer): readonly Entry[] | undefined {
  if (record.length < BATCH_HEADER) return undefined;
  try {
    const first = Number(record.readBigUInt64LE(0));
    const reader = readerOf(record, BATCH_HEADER);
    const entries: Entry[] = [];
    while (!reader.isAtEnd()) {
      const isPut = reader.number() === PUT;
      const key = reader.bytes().toString('utf8');
      entries.push({ key, sequence: first + entries.length, value: isPut ? reader.bytes() : undefined });
    }
    return entries.length === record.readUInt32LE(8) ? entries : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The entry that a table holds under a key with its number and type. @throws RangeError when the key is too short. */
export function entryInTable(key: Buffer, value: Buffer): Entry {
  const trailer = key.readBigUInt64LE(key.length - KEY_TRAILER);
  return {
    key: key.subarray(0, key.length - KEY_TRAILER).toString('utf8'),
    sequence: Number(trailer >> 8n),
    value: Number(trailer & 0xffn) === PUT ? value : undefined,
  };
}
