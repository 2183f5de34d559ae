import { z } from 'zod';
import { freezeEvent } from '../../core/notify/freeze-event.ts';
import { jobEvent } from '../../core/notify/message.ts';
import { scheduleEvent } from '../../core/notify/schedule-event.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The JSON Schema of what people and systems are told of a job, for whoever writes a receiver. */
export const jobEventJsonSchema: GeneratedFile = {
  path: 'schemas/job-event.schema.json',
  content: () =>
    `${JSON.stringify(
      schema(jobEvent, {
        title: 'Lifeboat job event',
        description: 'What Lifeboat tells people and systems of a job: facts and places, and nothing secret.',
      }),
      null,
      2,
    )}\n`,
};

/** The JSON Schema of what they are notified with when an installation is frozen or unfrozen. */
export const freezeEventJsonSchema: GeneratedFile = {
  path: 'schemas/freeze-event.schema.json',
  content: () =>
    `${JSON.stringify(
      schema(freezeEvent, {
        title: 'Lifeboat freeze event',
        description: 'What Lifeboat notifies people and systems with when somebody freezes or unfreezes it.',
      }),
      null,
      2,
    )}\n`,
};

/** The JSON Schema of what they are notified with when a schedule was begun anew. */
export const scheduleEventJsonSchema: GeneratedFile = {
  path: 'schemas/schedule-event.schema.json',
  content: () =>
    `${JSON.stringify(
      schema(scheduleEvent, {
        title: 'Lifeboat schedule event',
        description:
          'What Lifeboat notifies people and systems with when the clock of its machine was ahead and a schedule was begun anew.',
      }),
      null,
      2,
    )}\n`,
};

interface About {
  readonly title: string;
  readonly description: string;
}

function schema(event: z.ZodType, about: About): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(event, {
    target: 'draft-7',
    override({ jsonSchema }) {
      // The format says the same as Zod's pattern of an instant, which fills half a screen.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return {
    $schema,
    ...about,
    ...rest,
  };
}
