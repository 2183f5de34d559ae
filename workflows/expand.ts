import * as z from 'zod';

const state = z.record(z.string(), z.unknown());
const states = z.record(z.string(), state);

/** What the files of this folder hold before their fragments are put in: any map of states. */
export const writtenSchema = z.looseObject({ States: states });
/** The fragments: what each takes beside the name of its state, with defaults, and the states that it becomes. */
export const fragmentsSchema = z.record(
  z.string(),
  z.strictObject({ Parameters: z.record(z.string(), z.unknown()), States: states }),
);

type State = z.output<typeof state>;
type Written = z.output<typeof writtenSchema>;
type Fragments = z.output<typeof fragmentsSchema>;
type Values = Readonly<Record<string, unknown>>;

/**
 * A workflow in plain Amazon States Language: each state that names a fragment is replaced by the states of the fragment, and `On`
 * of a Choice by its `Choices`.
 *
 * @throws Error when a state names a fragment that there is none of, gives it a value that it does not use, or lacks one.
 */
export function expand(workflow: Written, fragments: Fragments): Written {
  const all = Object.entries(workflow.States).flatMap(([name, written]) =>
    expandState(name, written, fragments),
  );
  const names = all.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`The workflow has two states named ${twice}.`);
  return { ...workflow, States: Object.fromEntries(all) };
}

function expandState(name: string, written: State, fragments: Fragments): [string, State][] {
  const { Fragment, ItemProcessor, ...rest } = written;
  if (typeof Fragment === 'string') return statesOf(name, Fragment, rest, fragments);
  const items =
    ItemProcessor === undefined
      ? {}
      : { ItemProcessor: expand(writtenSchema.parse(ItemProcessor), fragments) };
  return [[name, { ...('On' in rest || 'Steps' in rest ? withChoices(rest) : rest), ...items }]];
}

function statesOf(name: string, fragment: string, given: Values, fragments: Fragments): [string, State][] {
  const found = fragments[fragment];
  if (found === undefined) throw new Error(`${name} names the fragment ${fragment}, which there is none of.`);
  const text = JSON.stringify(found);
  const unused = Object.keys(given).filter((value) => !text.includes(`<${value}>`));
  if (unused.length > 0)
    throw new Error(`${name}: the fragment ${fragment} does not use ${unused.join(', ')}.`);
  const own: Values = { ...given, Name: name };
  const values: Values = { ...state.parse(fill(found.Parameters, own, name)), ...own };
  const filled = states.parse(fill(found.States, values, name));
  return Object.entries(filled).flatMap(([inner, its]) => expandState(inner, its, fragments));
}

const shortChoice = z.looseObject({
  On: z.record(z.string(), z.string()).default({}),
  Steps: z.array(z.string()).default([]),
});

/** `On` and `Steps` as ASL has them: comparisons of `next`, which every task answers with. */
function withChoices(choice: State): State {
  const { On, Steps, ...rest } = shortChoice.parse(choice);
  const lists = Steps.map((list) => [`Run${list}Steps`, `Run${list}Steps`] as const);
  const choices = [...Object.entries(On), ...lists];
  return {
    ...rest,
    Choices: choices.map(([next, Next]) => ({ Variable: '$.next', StringEquals: next, Next })),
  };
}

/** The value with each `<Word>` in it replaced. One that stands alone becomes the value itself, such as a number. */
function fill(value: unknown, values: Values, of: string): unknown {
  const valueOf = (word: string) => {
    const found = values[word];
    if (found === undefined) throw new Error(`${of}: its fragment needs ${word}.`);
    return found;
  };
  if (typeof value === 'string') {
    const alone = /^<(\w+)>$/.exec(value)?.[1];
    return alone === undefined
      ? value.replaceAll(/<(\w+)>/g, (_, word: string) => z.string().parse(valueOf(word)))
      : valueOf(alone);
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, values, of));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [fill(key, values, of), fill(one, values, of)]),
  );
}
