/** How Atlas writes an instant, for example `2026-08-10T03:35:05Z`; fractions and offsets occur. */
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** Atlas is younger than this, so an earlier instant is a placeholder for "none": year 0001, or 1970. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** Nothing that Atlas reports lies later. */
const LATEST = Date.UTC(2200, 0, 1);

/**
 * An instant of a reply, in milliseconds since the UNIX epoch.
 *
 * @returns undefined for a value that is evidence of nothing: no instant, or one outside the years 2000 to 2199.
 */
export function readInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || !ISO_INSTANT.test(value)) return undefined;
  // Not a number for a 30th of February: then neither comparison holds.
  const at = Date.parse(value);
  return at >= EARLIEST && at < LATEST ? at : undefined;
}
