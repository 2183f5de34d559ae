/** What is not measured here, because an emulator or this machine would tell nothing about AWS. */
export const ASSUMED = {
  /** Seconds that a function runs when it asks Atlas or the table; the same for everybody. */
  invocationSeconds: 0.3,
  /** Seconds until a function with three clients of the SDK is there for its first call. Billed like any other. */
  coldStartSeconds: 0.375,
  /** Gigabytes of each function of Lifeboat, as infra/functions.ts has it. */
  gigabytes: 0.5,
  /** Gigabytes of the function of the loop that Lifeboat is compared with. */
  naiveGigabytes: 0.25,
} as const;
