import type { OperationFacts } from '../../core/commands/atlas-operations.ts';
import type { Colors } from '../terminal.ts';
import { roleText, withRoleColumn } from './role-column.ts';
import { tableLines } from './table.ts';
import { wrapBehind } from './wrap.ts';

const HEAD = ['OPERATION', 'EFFECT', 'ROLE'];
/** What stands below an operation is so far to the right. */
const INDENT = 2;
/** The document that describes all operations; only a page of its own is worth naming. */
const WHOLE_DOCUMENT = 'openapi.json';

/** Operations as a table: what each is and takes, and below it its page of the documentation. */
export function operationTable(
  operations: readonly OperationFacts[],
  width: number,
  colors: Colors,
): string[] {
  const rows = operations.map((operation) => {
    const below = belowOf(operation, width - INDENT);
    return {
      cells: [operation.operationId, operation.effect, roleText(operation.roles)],
      ...(below !== '' && { below }),
    };
  });
  return tableLines(HEAD, withRoleColumn(HEAD, rows, width), width, colors);
}

function belowOf({ deprecated, doc }: OperationFacts, width: number): string {
  const mark = deprecated ? 'deprecated' : '';
  const page = doc === WHOLE_DOCUMENT ? '' : wrapBehind('-', doc, width).join('\n');
  return [mark, page].filter((part) => part !== '').join(': ');
}
