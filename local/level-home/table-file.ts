import { maskedCrc32c } from './crc32c.ts';
import { entryInTable, type Entry } from './entries.ts';
import { unsnap } from './snappy.ts';
import { readerOf } from './varint.ts';

/** Bytes at the end of a table: two places of blocks, padding and the magic number. LevelDB's `doc/table_format.md`. */
const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
/** Type (1) and checksum (4) after each block. */
const TRAILER = 5;
const SNAPPY = 1;

/**
 * The entries of a table file of LevelDB (`*.ldb`), every block of which gives its checksum; undefined when the file is not as it
 * was written.
 */
export function entriesInTable(file: Buffer): readonly Entry[] | undefined {
  try {
    const start = file.length - FOOTER;
    if (start < 0 || file.readBigUInt64LE(file.length - 8) !== MAGIC) return undefined;
    const { number } = readerOf(file.subarray(start));
    const meta = blockOf(file, number(), number());
    const index = blockOf(file, number(), number());
    for (const { value } of pairsIn(meta)) blockAt(file, value);
    return pairsIn(index).flatMap(({ value }) =>
      pairsIn(blockAt(file, value)).map((pair) => entryInTable(pair.key, pair.value)),
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The block whose place a value of another block says. */
function blockAt(file: Buffer, place: Buffer): () => Buffer {
  const handle = readerOf(place);
  return blockOf(file, handle.number(), handle.number());
}

/** The contents of a block. @throws RangeError when it is not as it was written. */
function blockOf(file: Buffer, offset: number, size: number): () => Buffer {
  const end = offset + size;
  if (end + TRAILER > file.length || maskedCrc32c(file, offset, end + 1) !== file.readUInt32LE(end + 1)) {
    throw new RangeError('A block is not as it was written.');
  }
  const contents = file.subarray(offset, end);
  return () => (file[end] === SNAPPY ? unsnap(contents) : contents);
}

interface Pair {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** What a block holds. Of a key only that is kept in which it differs from the one before. */
function pairsIn(block: () => Buffer): Pair[] {
  const contents = block();
  const restarts = contents.readUInt32LE(contents.length - 4);
  const entries = contents.subarray(0, contents.length - 4 * (restarts + 1));
  const pairs: Pair[] = [];
  let key = Buffer.alloc(0);
  for (let at = 0; at < entries.length;) {
    const { number } = readerOf(entries, at);
    const [shared, unshared, size] = [number(), number(), number()];
    at += bytesOf(shared) + bytesOf(unshared) + bytesOf(size);
    if (shared > key.length || at + unshared + size > entries.length)
      throw new RangeError('An entry is too long.');
    key = Buffer.concat([key.subarray(0, shared), entries.subarray(at, at + unshared)]);
    pairs.push({ key, value: entries.subarray(at + unshared, at + unshared + size) });
    at += unshared + size;
  }
  return pairs;
}

/** How many bytes a variable-length number takes. */
function bytesOf(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
