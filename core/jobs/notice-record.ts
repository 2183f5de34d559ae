/** How far a message to people has come. */
export interface NoticeRecord {
  /** How often it was sent, or was about to be. */
  readonly attempts: number;
  /** ISO 8601 UTC, of the last attempt; written before it is made, so that of two processes one sends. */
  readonly triedAt: string;
  /** Why the last attempt failed. While this and `outcome` are absent, the attempt may still be under way. */
  readonly problem?: string;
  readonly outcome?: 'sent' | 'given-up';
}
