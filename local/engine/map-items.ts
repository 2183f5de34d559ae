import type { Workflow, WorkflowState } from './workflow-file.ts';

/** A Map of a workflow, as far as our files use one. */
export interface MapState {
  readonly name: string;
  readonly processor: Workflow;
  readonly state: WorkflowState;
}

/** The Maps of a workflow. */
export function mapsOf({ States }: Workflow): MapState[] {
  return Object.entries(States).flatMap(([name, state]) => {
    if (state.Type !== 'Map' || state.ItemProcessor === undefined) return [];
    // How it is distributed matters to Step Functions alone.
    const { StartAt, States: own } = state.ItemProcessor;
    return [{ name, state, processor: { StartAt, States: own } }];
  });
}

/** What each item of a Map is run with, in order, and how many may run at once. */
export function itemsOf(
  { state: { ItemsPath = '', ItemSelector = {}, MaxConcurrencyPath = '' } }: MapState,
  input: Readonly<Record<string, unknown>>,
): { readonly items: readonly Record<string, unknown>[]; readonly atOnce: number } {
  const list = valueAt(ItemsPath, input);
  const items = Array.isArray(list) ? (list as readonly unknown[]) : [];
  const selected = (item: unknown) =>
    Object.fromEntries(
      Object.entries(ItemSelector).map(([key, path]) => [
        key.replace(/\.\$$/, ''),
        path === '$$.Map.Item.Value' ? item : valueAt(path, input),
      ]),
    );
  return { items: items.map(selected), atOnce: Number(valueAt(MaxConcurrencyPath, input) ?? 1) };
}

/** What stands at the end of a path such as `$.jobId`, the only ones that our files have. */
export function valueAt(path: string, input: Readonly<Record<string, unknown>>): unknown {
  return input[path.replace(/^\$\./, '')];
}

/** Works on items in their order, so many at once. A failure ends it once what is under way is done. */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
}
