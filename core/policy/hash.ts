import { createHash } from 'node:crypto';
import type { Policy } from './policy.ts';

/** The policy with its hash, SHA-256 over its JSON: policies that require the same have the same. */
export function hashed(policy: Policy): Policy {
  const content = JSON.stringify({ ...policy, hash: undefined });
  return { ...policy, hash: createHash('sha256').update(content).digest('hex') };
}
