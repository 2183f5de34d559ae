import { maskedCrc32c } from './crc32c.ts';
import { unsnap } from './snappy.ts';
import { readerOf } from './varint.ts';

/** Bytes at the end of a table: two places of blocks, padding and the magic number. LevelDB's `doc/table_format.md`. */
const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
/** Type (1) and checksum (4) after each block. */
const TRAILER = 5;
const SNAPPY = 1;

/** Whether a table file of LevelDB (`*.ldb`) is whole: verifies the checksum of every block that its index names. */
export function isWholeTable(file: Buffer): boolean {
  try {
    const start = file.length - FOOTER;
    if (start < 0 || file.readBigUInt64LE(file.length - 8) !== MAGIC) return false;
    const { number } = readerOf(file.subarray(start));
    const meta = blockOf(file, number(), number());
    const index = blockOf(file, number(), number());
    for (const place of [...valuesIn(meta), ...valuesIn(index)]) {
      const handle = readerOf(place);
      blockOf(file, handle.number(), handle.number());
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
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

/** The values of a block's entries; their keys, of which only what differs from the key before is kept, are passed over. */
function valuesIn(block: () => Buffer): Buffer[] {
  const contents = block();
  const restarts = contents.readUInt32LE(contents.length - 4);
  const entries = contents.subarray(0, contents.length - 4 * (restarts + 1));
  const values: Buffer[] = [];
  for (let at = 0; at < entries.length;) {
    const { number } = readerOf(entries, at);
    const [shared, unshared, size] = [number(), number(), number()];
    at += bytesOf(shared) + bytesOf(unshared) + bytesOf(size) + unshared;
    if (at + size > entries.length) throw new RangeError('An entry is too long.');
    values.push(entries.subarray(at, at + size));
    at += size;
  }
  return values;
}

/** How many bytes a variable-length number takes. */
function bytesOf(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
