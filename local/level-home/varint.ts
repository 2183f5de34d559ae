/** Reads values one after the other as LevelDB encodes them (its `util/coding.h`). */
export interface Reader {
  readonly isAtEnd: () => boolean;
  /** A variable-length number. */
  readonly number: () => number;
  /** Bytes with their length before them. */
  readonly bytes: () => Buffer;
}

/** A reader from `start` on. Its methods throw a RangeError when the bytes end too early. */
export function readerOf(file: Buffer, start = 0): Reader {
  let at = start;
  const number = () => {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 63; factor *= 128) {
      const byte = file.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number is too long.');
  };
  const bytes = () => {
    const length = number();
    if (at + length > file.length) throw new RangeError('Bytes are missing.');
    at += length;
    return file.subarray(at - length, at);
  };
  return { isAtEnd: () => at >= file.length, number, bytes };
}
