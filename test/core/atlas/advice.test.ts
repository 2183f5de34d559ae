import { expect, it } from 'vitest';
import { nextStep } from '../../../core/atlas/advice.ts';

const ROLES = ['Project Backup Manager'];

it.each([
  [302, undefined, ROLES, 'Check MONGODB_ATLAS_BASE_URL'],
  [
    400,
    'INVALID_ATTRIBUTE',
    ROLES,
    'Correct what the message names, in the parameters, in the runbook or in Atlas',
  ],
  [409, 'SOMETHING_NEW', ROLES, 'Correct what the message names'],
  [403, 'USER_UNAUTHORIZED', ROLES, 'Give the credentials the role Project Backup Manager in this project'],
  [403, 'USER_UNAUTHORIZED', ['Organization Owner'], 'in this organization'],
  [403, 'USER_UNAUTHORIZED', [], 'Check what the credentials are allowed to do'],
  [403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST', ROLES, 'access list'],
  [404, 'SNAPSHOT_NOT_FOUND', ROLES, 'Choose another snapshot'],
  [404, 'GROUP_NOT_FOUND', ROLES, 'Check the ids and names'],
  [429, 'RATE_LIMITED', ROLES, 'Wait a minute'],
  [503, undefined, ROLES, 'Try again in a few minutes'],
] as const)('after %i %s', (status, errorCode, roles, advice) => {
  const next = nextStep(status, errorCode, roles);
  expect(next).toContain(advice);
  // Only where Atlas forbids something does a role help.
  if (status !== 403 || errorCode === 'IP_ADDRESS_NOT_ON_ACCESS_LIST') expect(next).not.toContain('role');
  expect(next).toMatch(/^[A-Z].*\.$/);
});
