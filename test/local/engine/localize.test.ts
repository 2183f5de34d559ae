import validate from 'asl-validator';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { localize } from '../../../local/engine/localize.ts';
import { mapsOf } from '../../../local/engine/map-items.ts';
import { readWorkflow } from '../../../local/engine/workflow-file.ts';

const FOLDER = new URL('../../../workflows/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.yaml'));

describe('a workflow as the embedded engine runs it', () => {
  // The engine takes it unchecked, for checking takes a tenth of a second at each start.
  it.each(files)('is valid: %s', async (file) => {
    const workflow = await readWorkflow(new URL(file, FOLDER));
    for (const each of [workflow, ...mapsOf(workflow).map(({ processor }) => processor)]) {
      const result = validate(localize(each).definition);
      expect(result.isValid, result.isValid ? '' : result.errorsText('\n')).toBe(true);
    }
  });
});
