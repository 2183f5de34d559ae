/** Limits that hold where a runbook does not say them, as a user would write them. */
export const DEFAULT_LIMITS = {
  restore: { guards: '4h', snapshot: '4h', restore: '12h', job: '24h' },
  cutover: { guards: '4h', ready: '5d', cutover: '2h', snapshot: '4h', job: '7d' },
  pipeline: { guards: '4h', run: '24h', job: '48h' },
  campaign: { guards: '4h', job: '3d' },
} as const;

/** How many days Atlas keeps a `fresh` snapshot where a runbook does not say it. */
export const DEFAULT_RETENTION_DAYS = 1;
