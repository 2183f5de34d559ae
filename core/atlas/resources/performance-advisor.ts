import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { nothing, objectId } from '../schemas.ts';

/** The performance advisor. */
export const performanceAdvisorOperations = {
  /**
   * Lets Atlas choose by itself which operations of a project count as slow; otherwise all over 100 milliseconds do. The
   * role: Project Owner. It answers 204; 429 names a limit of its own.
   *
   * Doc: enable-managed-slow-operation-threshold.
   */
  enableManagedSlowMs: {
    operationId: 'enableManagedSlowMs',
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/managedSlowMs/enable',
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'enable-managed-slow-operation-threshold',
    shape: 'one',
    params: z.strictObject({ groupId: objectId }),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
