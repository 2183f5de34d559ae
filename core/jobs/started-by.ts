/** Who or what started a job, or decided about it. */
export interface StartedBy {
  readonly type: 'cli' | 'http' | 'schedule';
  readonly who: string;
}
