import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item, a key, or the values of placeholders. */
export type Attributes = Record<string, AttributeValue>;

/** An expression and what its placeholders stand for. */
export interface Expression {
  readonly ConditionExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Attributes> | undefined;
}

/**
 * Whether a condition holds for an item, which may not be there. Read are the forms that the history writes: alternatives
 * with OR of `attribute_not_exists(#name)`, `#name = :value` and `#name < :value`.
 *
 * @throws TypeError for any other form.
 */
export function conditionHolds(expression: Expression, item: Attributes | undefined): boolean {
  const { ConditionExpression } = expression;
  if (ConditionExpression === undefined) return true;
  return ConditionExpression.split(' OR ').some((term) => termHolds(term, expression, item));
}

function termHolds(term: string, expression: Expression, item: Attributes | undefined): boolean {
  const [, absent] = /^attribute_not_exists\((#\w+)\)$/.exec(term) ?? [];
  if (absent !== undefined) return item?.[nameOf(absent, expression)] === undefined;
  const [, name = '', operator, value = ''] = /^(#\w+) (=|<) (:\w+)$/.exec(term) ?? [];
  if (operator === undefined) throw new TypeError(`No condition that is known here: ${term}`);
  const there = item?.[nameOf(name, expression)];
  const wanted = valueOf(value, expression);
  if (there === undefined) return false;
  // Values of two types are neither alike nor in an order.
  if (there.N !== undefined && wanted.N !== undefined)
    return operator === '=' ? Number(there.N) === Number(wanted.N) : Number(there.N) < Number(wanted.N);
  if (there.S !== undefined && wanted.S !== undefined)
    return operator === '=' ? there.S === wanted.S : there.S < wanted.S;
  return false;
}

/**
 * The value that a key condition asks for in the partition key, and how the sort key begins. Read are `#name = :value`, and
 * `#name = :value AND begins_with(#sort, :prefix)`.
 *
 * @throws TypeError for any other form.
 */
export function keyConditionOf(expression: Expression): { readonly value: string; readonly prefix: string } {
  const { KeyConditionExpression = '' } = expression;
  const [, value, , prefix] =
    /^#\w+ = (:\w+)( AND begins_with\(#\w+, (:\w+)\))?$/.exec(KeyConditionExpression) ?? [];
  if (value === undefined)
    throw new TypeError(`No key condition that is known here: ${KeyConditionExpression}`);
  return {
    value: valueOf(value, expression).S ?? '',
    prefix: prefix === undefined ? '' : (valueOf(prefix, expression).S ?? ''),
  };
}

function nameOf(placeholder: string, { ExpressionAttributeNames = {} }: Expression): string {
  const name = ExpressionAttributeNames[placeholder];
  if (name === undefined) throw new TypeError(`${placeholder} stands for nothing.`);
  return name;
}

function valueOf(placeholder: string, { ExpressionAttributeValues = {} }: Expression): AttributeValue {
  const value = ExpressionAttributeValues[placeholder];
  if (value === undefined) throw new TypeError(`${placeholder} stands for nothing.`);
  return value;
}
