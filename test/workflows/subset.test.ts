import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { parseWorkflow } from '../../local/engine/workflow-file.ts';

const folder = new URL('../../workflows/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.asl.yaml'));

const TYPES = ['Task', 'Choice', 'Wait', 'Pass', 'Succeed', 'Fail'];

/** What the engines disagree about, or the embedded one gets wrong: docs/adr/0001. */
function* faultsOf(text: string): Generator<string> {
  const workflow = parseWorkflow(text);
  if ('QueryLanguage' in workflow) yield 'QueryLanguage: only JSONPath';
  for (const [name, state] of Object.entries(workflow.States)) {
    const json = JSON.stringify(state);
    if (!TYPES.includes(state.Type)) yield `${name}: type ${state.Type}`;
    if (state.Type === 'Task' && typeof state.TimeoutSeconds !== 'number') yield `${name}: no TimeoutSeconds`;
    if (state.Type === 'Task' && state.Resource !== `\${${name}}`)
      yield `${name}: resource is not \${${name}}`;
    if (state.Type === 'Wait' && typeof state.SecondsPath !== 'string')
      yield `${name}: a Wait without SecondsPath`;
    for (const word of ['Assign', 'QueryLanguage', 'Arguments', 'Output'])
      if (word in state) yield `${name}: ${word}`;
    if (json.includes('"ResultPath":"$"')) yield `${name}: ResultPath "$"`;
    if (json.includes('"IsPresent":false')) yield `${name}: IsPresent: false`;
    if (json.includes('{%')) yield `${name}: JSONata`;
  }
}

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const { States, StartAt } = parseWorkflow(text);

  it('stays inside the subset that every engine agrees on', () => {
    expect([...faultsOf(text)]).toEqual([]);
  });

  it('leads from its start to every state, and nowhere else', () => {
    const reached = new Set<string>();
    const visit = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const next of JSON.stringify(States[name]).matchAll(/"(?:Next|Default)":"([^"]+)"/g))
        visit(next[1] ?? '');
    };
    visit(StartAt);
    expect([...reached].sort()).toEqual(Object.keys(States).sort());
  });

  it('names a task for each of its Task states, and uses them all', () => {
    const names = Object.entries(States)
      .filter(([, state]) => state.Type === 'Task')
      .map(([name]) => name);
    expect(names.sort()).toEqual(Object.keys(TASKS).sort());
  });
});

it.each([
  ['a Map', 'Type: Map', 'type Map'],
  ['a Task without a limit', 'Type: Task\n    Resource: ${X}', 'no TimeoutSeconds'],
  ['JSONata', 'Type: Pass\n    QueryLanguage: JSONata', 'QueryLanguage'],
  ['a fixed Wait', 'Type: Wait\n    Seconds: 5', 'SecondsPath'],
])('the test of the subset finds %s', (_name, state, fault) => {
  const text = `StartAt: X\nStates:\n  X:\n    ${state}\n    End: true\n`;
  expect([...faultsOf(text)].join()).toContain(fault);
});
