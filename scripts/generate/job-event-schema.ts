import { z } from 'zod';
import { jobEvent } from '../../core/notify/message.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The JSON Schema of what people and systems are told of a job, for whoever writes a receiver. */
export const jobEventJsonSchema: GeneratedFile = {
  path: 'schemas/job-event.schema.json',
  content: () => `${JSON.stringify(schema(), null, 2)}\n`,
};

function schema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(jobEvent, {
    target: 'draft-7',
    override({ jsonSchema }) {
      // The format says the same as Zod's pattern of an instant, which fills half a screen.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return {
    $schema,
    title: 'Lifeboat job event',
    description: 'What Lifeboat tells people and systems of a job: facts and places, and nothing secret.',
    ...rest,
  };
}
