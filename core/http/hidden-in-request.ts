import { hiddenIn } from '../visible-text.ts';
import type { FieldProblem } from './problems.ts';

/**
 * Every text of a request that holds what nobody sees, keys too. The text of a runbook is left to those who read it: they know lines
 * and columns. Line breaks and tabs are for the schema of each field to judge.
 */
export function hiddenInRequest(value: unknown, path: readonly string[] = []): FieldProblem[] {
  if (typeof value === 'string') return path.join('.') === 'runbook' ? [] : problems(value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    ...problems(key, [...path, key]),
    ...hiddenInRequest(inner, [...path, key]),
  ]);
}

function problems(text: string, path: readonly string[]): FieldProblem[] {
  const names = hiddenIn(text, 'allowed');
  if (names.length === 0) return [];
  const field = path.join('.');
  const shown = field.length > 80 ? `${field.slice(0, 80)}…` : field;
  return [{ field: shown || 'body', message: `holds ${names.join(', ')}, which nobody sees` }];
}
