/** `2026-11-21 17:49` of an ISO 8601 instant in UTC. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** `2026-11-21 17:49:24` of an ISO 8601 instant in UTC. */
export function secondOf(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** `0:04:12`: a duration for a column of a table, whole seconds. */
export function clockDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
