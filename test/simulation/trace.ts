import { createHash } from 'node:crypto';
import type { VirtualTime } from './virtual-time.ts';

/** What happened in a world, in order. */
export interface Trace {
  note(line: string): void;
  /** A hash of everything noted: the same for two runs of the same plan. */
  hash(): string;
  /** The lines, where they are kept. */
  readonly lines: readonly string[];
}

/** @param keeps whether the lines are kept to be read. */
export function openTrace(time: VirtualTime, keeps: boolean): Trace {
  const hash = createHash('sha256');
  const lines: string[] = [];
  return {
    lines,
    note(text) {
      const line = `${new Date(time.now()).toISOString()} ${text}`;
      hash.update(`${line}\n`);
      if (keeps) lines.push(line);
    },
    hash: () => hash.copy().digest('hex'),
  };
}
