import { z } from 'zod';
import { runbookSchema } from '../../core/runbooks/schema.ts';
import type { GeneratedFile } from './generated-file.ts';

const EXAMPLE = {
  version: 1,
  kind: 'drill',
  name: 'orders-weekly-drill',
  source: { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' },
  target: { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' },
  recoveryPoint: { latest: {} },
  objectives: { rto: '1h', rpo: '24h' },
};

/** The JSON Schema of a runbook, for editors that complete and check YAML. */
export const runbookJsonSchema: GeneratedFile = {
  path: 'schemas/runbook.schema.json',
  content: () => `${JSON.stringify(schema(), null, 2)}\n`,
};

function schema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(runbookSchema, {
    io: 'input',
    // What the YAML language server, and with it most editors, reads best.
    target: 'draft-7',
    override({ jsonSchema }) {
      // Zod's pattern of an instant fills half a screen when an editor shows it; the format says the same.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return {
    $schema,
    title: 'Lifeboat runbook',
    description: 'What Lifeboat restores, from where, onto what, and what the restore must achieve.',
    examples: [EXAMPLE],
    ...rest,
  };
}
