import { z } from 'zod';
import { policySchema } from '../../core/policy/schema.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The JSON Schema of an installation's policy, for editors that complete and check YAML. */
export const policyJsonSchema: GeneratedFile = {
  path: 'schemas/policy.schema.json',
  content: () => `${JSON.stringify(schema(), null, 2)}\n`,
};

function schema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' });
  return {
    $schema,
    title: 'Lifeboat policy',
    description: 'What an installation of Lifeboat requires of every job, whatever its runbook says.',
    ...rest,
  };
}
