import { createInterface } from 'node:readline';
import type { Output } from './terminal.ts';

/**
 * Asks a person, who must type the whole word `yes`; anything else, and an end of the input, is no.
 *
 * The terminal edits the line by itself, so that Ctrl-C ends the process as everywhere.
 */
export async function confirm(question: string, input: NodeJS.ReadableStream, err: Output): Promise<boolean> {
  err.stream.write(`${question} `);
  const lines = createInterface({ input, terminal: false });
  try {
    for await (const line of lines) return line.trim() === 'yes';
    // Ctrl-D leaves the cursor behind the question.
    err.line();
    return false;
  } finally {
    lines.close();
  }
}
