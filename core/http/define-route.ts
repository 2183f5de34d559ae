import * as z from 'zod';
import { hiddenInRequest } from './hidden-in-request.ts';
import type { FieldProblem } from './problems.ts';
import { RequestRefusedError } from './request-refused.ts';
import type { HttpHost } from './host.ts';
import type { Answer, Asked, Route, RouteFacts } from './route.ts';

/** Most parts of a request that an answer names. */
const MOST_FIELDS = 100;

const NOTHING = z.strictObject({});

/** A route from what is known of it and what it does with a request that fits. */
export function defineRoute<const Facts extends RouteFacts>(
  facts: Facts,
  handle: (asked: Asked<Facts>, host: HttpHost) => Promise<Answer>,
): Route {
  return {
    ...facts,
    async answer(raw, host) {
      const address = {
        params: check(facts.params ?? NOTHING, raw.params),
        query: check(facts.query ?? NOTHING, raw.query),
        headers: check(facts.headers ?? z.object({}), raw.headers),
      };
      refuse('bad-request', 'The address or a header of the request', [
        ...hiddenInRequest({ ...raw.params, ...raw.query }),
        ...faultsIn(address),
      ]);
      const body = facts.body === undefined ? undefined : check(facts.body, raw.body);
      refuse('invalid-body', 'The body', [...hiddenInRequest(raw.body), ...faultsIn({ body })]);
      const asked = { caller: raw.caller, ...valuesOf(address), ...valuesOf({ body }) };
      return handle(asked as unknown as Asked<Facts>, host);
    },
  };
}

type Checked = z.ZodSafeParseResult<unknown> | undefined;

function check(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> {
  return schema.safeParse(value, { error: sayPlainly, reportInput: false });
}

function valuesOf(checked: Readonly<Record<string, Checked>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(checked).map(([name, result]) => [name, result?.data]));
}

function faultsIn(checked: Readonly<Record<string, Checked>>): FieldProblem[] {
  return Object.values(checked).flatMap((result) => result?.error?.issues.flatMap(faultsOf) ?? []);
}

/** Keys that nobody knows come as one issue; each of them is named. */
function faultsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = (path: readonly PropertyKey[]) => path.map(String).join('.') || 'body';
  if (issue.code !== 'unrecognized_keys') return [{ field: at(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({
    field: at([...issue.path, shortened(key)]),
    message: 'is not known here',
  }));
}

function shortened(key: string): string {
  return key.length > 80 ? `${key.slice(0, 80)}…` : key;
}

/** The message of an issue as the end of the sentence that its field begins; what was sent is not repeated. */
function sayPlainly(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `is not ${article(issue.expected)}`;
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'is of none of the forms that it may have';
    case 'too_small':
      return `is less than ${issue.minimum}`;
    case 'too_big':
      return `is more than ${issue.maximum}`;
    default:
      return undefined;
  }
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function refuse(
  problem: 'bad-request' | 'invalid-body',
  what: string,
  fields: readonly FieldProblem[],
): void {
  if (fields.length === 0) return;
  const count = fields.length === 1 ? 'a mistake' : `${fields.length} mistakes`;
  throw new RequestRefusedError(problem, `${what} has ${count}.`, {
    fields: fields.slice(0, MOST_FIELDS),
    next: 'Correct what the fields name and send it again.',
  });
}
