/** An instant as Atlas writes it: ISO 8601 in UTC, whole seconds. */
export function instant(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}

/** An `ApiBSONTimestampView` that holds nothing, which is how Atlas sends one for a job without a point in time. */
export const NO_TIMESTAMP = { increment: null, time: null, date: null } as const;
