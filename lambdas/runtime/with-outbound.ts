import type { TaskPart } from './context.ts';
import { outbound } from './outbound.ts';

/** For tasks that post notifications and webhook steps. */
export const withOutbound: TaskPart = { context: () => Promise.resolve({ outbound }) };
