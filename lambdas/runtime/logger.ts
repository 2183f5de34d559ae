import { Logger } from '@aws-lambda-powertools/logger';
import { visibleLines } from '../../core/visible-text.ts';

/**
 * Writes JSON lines to the function's log group, with every text made visible: replies of Atlas and words of people come up in errors. Its
 * level and its service are in the environment.
 */
export const logger = new Logger({
  jsonReplacerFn: (_key, value: unknown) => (typeof value === 'string' ? visibleLines(value) : value),
});
