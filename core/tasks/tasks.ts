import * as ROWS from '../tasks.ts';
import { taskOf } from './needs.ts';
import type { Task } from './context.ts';

/** Every task by the name of its workflow state, as engines call it: each reaches what its row names and nothing else. */
export const TASKS = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, taskOf(name, row)]),
) as Readonly<Record<keyof typeof ROWS, Task>>;
