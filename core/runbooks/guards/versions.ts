/** Negative when `one` is older by major or minor; undefined when either can't be read. Patches are not compared. */
export function compareVersions(one: string | undefined, other: string | undefined): number | undefined {
  const [a, b] = [one, other].map((version) => /^(\d+)\.(\d+)/.exec(version ?? ''));
  if (!a || !b) return undefined;
  return Number(a[1]) - Number(b[1]) || Number(a[2]) - Number(b[2]);
}

/** The major version, 8 of `8.0.29`; undefined when it can't be read. */
export function majorOf(version: string | undefined): number | undefined {
  const read = /^(\d+)\.\d/.exec(version ?? '');
  return read === null ? undefined : Number(read[1]);
}
