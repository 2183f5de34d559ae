import type { OperationAccess } from '../../core/commands/check-access.ts';
import type { Colors } from '../terminal.ts';
import { roleText, withRoleColumn } from './role-column.ts';
import { tableLines } from './table.ts';
import { wrap } from './wrap.ts';

const HEAD = ['OPERATION', 'EFFECT', 'ACCESS', 'ROLE'];

/** The operations that a runbook needs as a table, each with what needs it, and how many there are of which kind. */
export function accessLines(found: readonly OperationAccess[], width: number, colors: Colors): string[] {
  const rows = found.map((one) => ({
    cells: [one.operationId, one.effect, accessText(one, colors), roleText(one.roles)],
    below: belowOf(one),
  }));
  return [
    ...tableLines(HEAD, withRoleColumn(HEAD, rows, width), width, colors),
    '',
    ...wrap(summary(found), width),
  ];
}

function accessText(one: OperationAccess, colors: Colors): string {
  switch (one.access) {
    case 'allowed':
      return colors.green('✓ allowed');
    case 'refused':
      return colors.red('✗ refused');
    case 'unknown':
      return isTried(one) ? colors.yellow('? unknown') : colors.dim('· not tried');
  }
}

/** A change never is. */
function isTried({ effect }: OperationAccess): boolean {
  return effect === 'read';
}

function belowOf(one: OperationAccess): string {
  const { project, neededBy, access, message } = one;
  const need = `for ${neededBy.join(', ')}${project === undefined ? '' : `, in project ${project}`}`;
  // What is as it should be needs no words, and of what was not tried the table says all.
  const told = access === 'refused' || (access === 'unknown' && isTried(one));
  return told ? `${need}\n${message}` : need;
}

function summary(found: readonly OperationAccess[]): string {
  const counted = (one: readonly OperationAccess[], words: string) =>
    one.length === 0 ? [] : [`${one.length} ${words}`];
  const of = (access: OperationAccess['access']) => found.filter((one) => one.access === access);
  const unknown = of('unknown');
  const parts = [
    ...counted(of('allowed'), 'allowed'),
    ...counted(of('refused'), 'refused'),
    ...counted(unknown.filter(isTried), 'unknown'),
    ...counted(
      unknown.filter((one) => !isTried(one)),
      'not tried: a change never is, so look at the roles',
    ),
  ];
  return `${parts.join(', ')}.`;
}
