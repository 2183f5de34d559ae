import { expect, it, vi } from 'vitest';
import { LifeboatError } from '../../core/errors.ts';
import { freezeEventOf } from '../../core/notify/freeze-event.ts';
import { failureFrom, TaskError } from '../../core/tasks/errors.ts';
import { logger } from '../../lambdas/runtime/logger.ts';
import { HOSTILE, RAW } from '../support/hostile-atlas.ts';

class WordsOfOthersError extends LifeboatError {
  override readonly name = 'WordsOfOthersError';
  override readonly retryable = false;
}

const error = new WordsOfOthersError(`Atlas said ${HOSTILE}`, { next: HOSTILE, cause: new Error(HOSTILE) });

/** Every character but the line break that ends a line. */
const inOneLine = (text: string) => text.replace(/\n$/, '');

it('the log of a function holds one line for an error, in which nothing is hidden', () => {
  const lines: string[] = [];
  const keep = (text: unknown) => lines.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  try {
    logger.error('failed', { error });
    logger.info('done', { next: HOSTILE });
  } finally {
    vi.restoreAllMocks();
  }
  const told = lines.filter((line) => line.includes('failed') || line.includes('done'));
  expect(told).toHaveLength(2);
  for (const line of told) {
    expect(inOneLine(line)).not.toMatch(/\n/);
    expect(line).not.toMatch(RAW);
    expect(line).toContain('<U+202E>');
  }
});

it('what a task throws is printed by AWS, hides nothing, and is read back as it was', () => {
  const { name, message } = new TaskError(error);
  expect(message).not.toMatch(RAW);
  expect(message).not.toMatch(/\n/);
  const cause = JSON.stringify({ errorType: name, errorMessage: message });
  expect(failureFrom({ Error: name, Cause: cause })).toMatchObject({ message: error.message, next: HOSTILE });
});

it('the message about a freeze shows what hides in the name of who did it', () => {
  const by = { type: 'cli', who: `ann${HOSTILE}` } as const;
  const { text } = freezeEventOf({ act: 'freeze', at: '2026-08-10T03:00:00.000Z', by, reason: null });
  expect(text).not.toMatch(RAW);
  expect(text).not.toMatch(/\n/);
});
