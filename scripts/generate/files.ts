import { atlasOperations } from './atlas-operations.ts';
import { cliReference } from './cli-reference.ts';
import type { GeneratedFile } from './generated-file.ts';
import { freezeEventJsonSchema, jobEventJsonSchema, scheduleEventJsonSchema } from './job-event-schema.ts';
import { openApi } from './openapi.ts';
import { policyJsonSchema } from './policy-schema.ts';
import { runbookJsonSchema } from './runbook-schema.ts';
import { tasksReference } from './tasks-reference.ts';

/** Every committed file that is made from code. Another one: write its file in this folder and add it here. */
export const FILES: readonly GeneratedFile[] = [
  atlasOperations,
  cliReference,
  freezeEventJsonSchema,
  jobEventJsonSchema,
  openApi,
  policyJsonSchema,
  runbookJsonSchema,
  scheduleEventJsonSchema,
  tasksReference,
];
