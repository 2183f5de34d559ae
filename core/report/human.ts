const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/**
 * A duration as a person says it, in at most two units: `0.4 s`, `42 s`, `4 min 12 s`, `9 h 3 min`, `2 d 4 h`.
 * What is smaller than the second unit is rounded.
 *
 * @param seconds may be negative, which gives a minus sign.
 */
export function humanDuration(seconds: number): string {
  if (seconds < 0) return `−${humanDuration(-seconds)}`;
  if (seconds < 9.95) return `${Number(seconds.toFixed(seconds < 0.1 ? 3 : 1))} s`;
  const smallest = seconds < 3599.5 ? 1 : seconds < 86_370 ? 60 : 3600;
  let rest = Math.round(seconds / smallest) * smallest;
  const parts: string[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.name}`);
  }
  return parts.join(' ');
}

/** A duration to the second, however long: `7 s`, `3 min 12 s`, `1 h 3 min 12 s`. */
export function exactDuration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts = UNITS.flatMap((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return count === 0 ? [] : [`${count} ${unit.name}`];
  });
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** A number of things with its digits in groups: `1,204,331`. */
export function humanCount(count: number): string {
  return count.toLocaleString('en');
}

/** A size as a person says it, in binary units with three digits at most: `512 bytes`, `1.46 KiB`, `12.4 GiB`. */
export function humanBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${units[power] ?? ''}`;
}

/** `1 check`, `2 checks`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
