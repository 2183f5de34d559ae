/** How far a message to people has come. */
export interface NoticeRecord {
  readonly attempts: number;
  /** ISO 8601 UTC, of the last attempt. */
  readonly triedAt: string;
  readonly outcome?: 'sent' | 'given-up';
}
