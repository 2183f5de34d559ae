import { maskedCrc32c } from './crc32c.ts';

/** Bytes of a block of a log; no fragment crosses its border. LevelDB's `doc/log_format.md`. */
const BLOCK = 32_768;
/** Checksum (4), length (2) and type (1) before each fragment. */
const HEADER = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;

/**
 * What a log of LevelDB holds. `end`: `whole` when the file ends with its last record; `cut` when it ends within one, as when the
 * process was killed during a write; `damaged` when what follows the records is not a log.
 */
export interface LevelLog {
  readonly records: readonly Buffer[];
  readonly end: 'whole' | 'cut' | 'damaged';
}

/** Reads a log of LevelDB (`*.log`, `MANIFEST-*`) and verifies the checksum of each fragment. */
export function readLevelLog(file: Buffer): LevelLog {
  const records: Buffer[] = [];
  let fragments: Buffer[] = [];
  let at = 0;
  const stop = (end: LevelLog['end']): LevelLog => ({ records, end });
  while (at < file.length) {
    const left = BLOCK - (at % BLOCK);
    // Too small for a header: filled with zeros.
    if (left < HEADER) {
      if (!isZero(file, at, at + left)) return stop('damaged');
      at += left;
      continue;
    }
    if (file.length - at < HEADER) return stop('cut');
    const length = file.readUInt16LE(at + 4);
    const type = file.readUInt8(at + 6);
    const end = at + HEADER + length;
    if (HEADER + length > left || type < FULL || type > LAST) {
      // A file system may leave zeros where a write was lost with the power.
      return stop(isZero(file, at, file.length) ? 'cut' : 'damaged');
    }
    if (end > file.length) return stop('cut');
    if (maskedCrc32c(file, at + 6, end) !== file.readUInt32LE(at)) return stop('damaged');
    const begins = type === FULL || type === FIRST;
    if (begins !== (fragments.length === 0)) return stop('damaged');
    fragments.push(file.subarray(at + HEADER, end));
    if (type === FULL || type === LAST) {
      records.push(fragments.length === 1 ? (fragments[0] ?? Buffer.alloc(0)) : Buffer.concat(fragments));
      fragments = [];
    }
    at = end;
  }
  return stop(fragments.length === 0 ? 'whole' : 'cut');
}

function isZero(file: Buffer, start: number, end: number): boolean {
  for (let at = start; at < Math.min(end, file.length); at += 1) if (file[at] !== 0) return false;
  return true;
}
