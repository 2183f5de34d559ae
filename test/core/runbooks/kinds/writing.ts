import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { RunbookError } from '../../../../core/runbooks/runbook-error.ts';

/** A cutover without a mistake; each key on a line of its own, so that a test can replace one. */
export const CUTOVER = `version: 1
kind: cutover
name: orders-cutover
migration: 5e2f1c0a9d3b7a4c8e6f0c01
target: { project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-new }
lag: { atMost: 5s }
maxWriteStop: 10m
rollback: Point the application back at its old cluster.
stopWrites: [{ name: stop, use: webhook, with: { url: 'https://ops.example.com/stop' } }]
switchWrites: [{ name: switch, use: approval, with: { prompt: The application writes to the target. } }]
resumeWrites: [{ name: resume, use: webhook, with: { urlSecret: RESUME_URL } }]
`;

/** A pipeline run without a mistake. */
export const PIPELINE = `version: 1
kind: pipeline
name: orders-to-lake
pipeline: { project: 5e2f1c0a9d3b7a4c8e6f0a01, name: orders, run: 5e2f1c0a9d3b7a4c8e6f0d01 }
`;

/** The mistakes of a runbook as `line:column path: message`, in the order of the file; none when it is taken. */
export function mistakesOf(text: string): string[] {
  try {
    parseRunbook(text, 'runbook.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
  }
}

/** A runbook with a line replaced: the one of the key that the new line begins with. An empty line takes its place. */
export function withLine(text: string, line: string): string {
  const key = /^\w+:/.exec(line)?.[0] ?? line;
  const lines = text.split('\n');
  const at = lines.findIndex((one) => one.startsWith(key));
  return at < 0 ? `${text}${line}\n` : lines.with(at, line).join('\n');
}
