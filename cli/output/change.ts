import type { Operation } from '../../core/atlas/operation.ts';
import type { CallRequest } from '../../core/commands/atlas-operations.ts';
import type { Colors } from '../terminal.ts';
import { factLines, type Fact } from './facts.ts';
import { roleText } from './role-column.ts';
import { wrapBehind } from './wrap.ts';

/**
 * A change as a person is told of it before it is sent. Of a body only the names of its fields, as it may hold secrets.
 *
 * @param where which Atlas it goes to.
 */
export function changeLines(
  operation: Operation,
  request: CallRequest,
  where: string,
  width: number,
  colors: Colors,
): string[] {
  const { operationId, method, roles, source } = operation;
  const query = Object.entries(request.query).map(([name, value]) => `${name}=${[value].flat().join(',')}`);
  const fields = typeof request.body === 'object' && request.body !== null ? Object.keys(request.body) : [];
  const facts: Fact[] = [
    ['Sent to', where],
    ...(query.length === 0 ? [] : [['Query', query.join('\n')] as const]),
    ...(fields.length === 0 ? [] : [['Body with', fields.join(', ')] as const]),
    ['Role', roleText(roles)],
    ['Described in', source],
  ];
  const verb = method === 'DELETE' ? 'deletes' : 'changes';
  const requestLines = wrapBehind('/', `${method} ${pathOf(operation, request)}`, width - 4);
  return [
    `${colors.bold(operationId)} ${verb} something in Atlas.`,
    '',
    ...requestLines.map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)),
    '',
    ...factLines(facts, width, colors),
  ];
}

/** The path with its parameters filled in, to be read. */
export function pathOf({ path }: Operation, request: CallRequest): string {
  return path.replace(/\{(\w+)\}/g, (placeholder, name: string) => request.path[name] ?? placeholder);
}
