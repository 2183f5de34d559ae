/** The lists of runbooks that hold steps, in the order in which they run. Not every kind of runbook has all of them. */
export const STAGES = [
  'ready',
  'before',
  'stopWrites',
  'verify',
  'switchWrites',
  'after',
  'resumeWrites',
  'cleanup',
] as const;
export type Stage = (typeof STAGES)[number];
