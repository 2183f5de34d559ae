import { readerOf } from './varint.ts';

/**
 * Decompresses what Snappy compressed (its `format_description.txt`).
 *
 * @throws RangeError when the bytes are not Snappy's.
 */
export function unsnap(bytes: Buffer): Buffer {
  const length = readerOf(bytes).number();
  // No element of Snappy makes more than 64 bytes of two.
  if (length > bytes.length * 64) throw new RangeError('The length is wrong.');
  const out = Buffer.alloc(length);
  let from = 1;
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) from += 1;
  let to = 0;
  const copy = (offset: number, count: number) => {
    if (offset === 0 || offset > to || to + count > length)
      throw new RangeError('A copy leads out of the text.');
    // Byte by byte: what is copied may reach into itself.
    for (let nth = 0; nth < count; nth += 1, to += 1) out[to] = out[to - offset] ?? 0;
  };
  while (from < bytes.length) {
    const tag = bytes.readUInt8(from);
    from += 1;
    const high = tag >>> 2;
    if ((tag & 3) === 0) {
      const more = Math.max(0, high - 59);
      const count = (more === 0 ? high : bytes.readUIntLE(from, more)) + 1;
      from += more;
      if (from + count > bytes.length || to + count > length) throw new RangeError('A literal is too long.');
      bytes.copy(out, to, from, from + count);
      from += count;
      to += count;
    } else if ((tag & 3) === 1) {
      copy(((tag >>> 5) << 8) | bytes.readUInt8(from), (high & 7) + 4);
      from += 1;
    } else {
      const width = (tag & 3) === 2 ? 2 : 4;
      copy(bytes.readUIntLE(from, width), high + 1);
      from += width;
    }
  }
  if (to !== length) throw new RangeError('Bytes are missing.');
  return out;
}
