import { Logger } from '@aws-lambda-powertools/logger';

/** Writes JSON lines to the function's log group. Its level and its service are in the environment. */
export const logger = new Logger();
