import { PolicyError } from '../../core/policy/errors.ts';
import { hashed } from '../../core/policy/hash.ts';
import { NO_POLICY, type Policy } from '../../core/policy/policy.ts';
import { policySchema } from '../../core/policy/schema.ts';
import { readEnvironment } from './environment.ts';

let read: Policy | undefined;

/**
 * The policy of the installation, which the CDK app has checked.
 *
 * @throws PolicyError when it cannot be read all the same: then nothing is started.
 */
export function installationPolicy(): Policy {
  read ??= policyIn(readEnvironment('policy').LIFEBOAT_POLICY);
  return read;
}

function policyIn(text: string): Policy {
  try {
    const written: unknown = JSON.parse(text);
    return written === null ? NO_POLICY : hashed(policySchema.parse(written));
  } catch (error) {
    throw new PolicyError('The policy that this function was deployed with cannot be read.', {
      changed: 'Nothing was changed.',
      next: 'Deploy the stack again.',
      cause: error,
    });
  }
}
