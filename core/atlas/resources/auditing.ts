import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, objectId } from '../schemas.ts';

/** What a project's database audit records. */
const auditLog = z.looseObject({
  enabled: maybe(z.boolean()),
  /** Whether successful authorizations are recorded too, at some cost in speed. */
  auditAuthorizationSuccess: maybe(z.boolean()),
  /** A JSON document that chooses the events, as text. */
  auditFilter: maybe(z.string()),
  /** `NONE`, `FILTER_BUILDER`, `FILTER_JSON`, or a word that is new to us. */
  configurationType: maybe(z.string()),
});

/** Auditing of databases. */
export const auditingOperations = {
  /**
   * The auditing configuration of a project. Not for M0, M2, M5 and serverless clusters. The role: Project Owner.
   *
   * Doc: return-auditing-configuration-for-one-project.
   */
  getGroupAuditLog: {
    operationId: 'getGroupAuditLog',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/auditLog',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Owner'],
    source: 'return-auditing-configuration-for-one-project',
    shape: 'one',
    params: z.strictObject({ groupId: objectId }),
    reply: auditLog,
  },
} satisfies Readonly<Record<string, Operation>>;
