import * as z from 'zod';
import { PROBLEMS } from '../problems.ts';
import { component } from './component.ts';

const types = Object.keys(PROBLEMS).map((name) => `urn:lifeboat:problem:${name}`);

/** An answer that says no: a problem document of RFC 9457. */
export const problemSchema = component(
  'Problem',
  z
    .object({
      type: z.enum(types).describe('What kind of problem it is; never changes its meaning'),
      title: z.string(),
      status: z.int().describe('The HTTP status'),
      detail: z.string().describe('What happened, as a sentence'),
      instance: z.string().optional().describe('Which request it was, to be found in the log of the host'),
      fields: z
        .array(
          z.object({
            field: z.string(),
            message: z.string(),
            line: z.int().min(1).optional(),
            column: z.int().min(1).optional(),
          }),
        )
        .optional()
        .describe('Every part of the request that is wrong; lines and columns are those of a runbook'),
      error: z.string().optional().describe('Name of the error, as docs/errors.md explains it'),
      changed: z.string().optional().describe('What was changed and what was not'),
      next: z.string().optional().describe('What to do'),
      retryable: z.boolean().optional().describe('Whether the same request may succeed later'),
    })
    .describe('A problem document (RFC 9457)'),
);
