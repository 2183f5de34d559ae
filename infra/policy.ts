import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import type { Config } from './config.ts';

/** What every function that starts or runs jobs knows of the policy. */
export function policyEnvironment({ policy }: Pick<Config, 'policy'>): EnvironmentOf<'policy'> {
  return { LIFEBOAT_POLICY: JSON.stringify(policy ?? null) };
}
