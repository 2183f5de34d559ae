import { jsonText } from '../../core/visible-text.ts';
import { listOperations } from '../../core/commands/atlas-operations.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { operationTable } from '../output/operation-table.ts';

/** Options of `atlas list`. */
export interface ListOptions {
  readonly json?: boolean;
}

/** Lists every operation that Lifeboat knows. */
export function listAtlas({ out }: Cli, { json = false }: ListOptions): number {
  const operations = listOperations();
  out.line(json ? jsonText(operations, 2) : operationTable(operations, out.width, out.colors).join('\n'));
  return EXIT.done;
}
