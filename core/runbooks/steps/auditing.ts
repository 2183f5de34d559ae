import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({});

/** What `with` holds. */
export type AuditingWith = z.output<typeof settings>;

/** The target's project audits what the source's project audits (return-auditing-configuration-for-one-project). */
export const auditingKind = {
  use: 'auditing',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: ['getGroupAuditLog'],
  with: settings,
  summary: () => 'Check that the project of the target audits what that of the source audits',
} as const satisfies StepKind<AuditingWith>;
