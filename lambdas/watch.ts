import { handleWatch } from './runtime/watch-handler.ts';

/** Measures what no event tells. */
export const handler = handleWatch;
