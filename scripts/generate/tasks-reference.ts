import * as ROWS from '../../core/tasks.ts';
import { NEEDS, type TaskRow } from '../../core/tasks/needs.ts';
import type { GeneratedFile } from './generated-file.ts';

/** What the function of every task is granted on AWS, whatever its row names: actions of IAM, and what each is granted on. */
export const EVERY_TASK: Readonly<Record<string, string>> = {
  'dynamodb:GetItem': 'the table',
  'dynamodb:PutItem': 'the table',
  'dynamodb:Query': 'the table',
  'logs:CreateLogStream': 'its log group',
  'logs:PutLogEvents': 'its log group',
  'xray:PutTelemetryRecords': 'traces',
  'xray:PutTraceSegments': 'traces',
};

const INTRODUCTION = `<!-- Made by npm run generate from core/tasks.ts. Do not edit. -->

# The tasks

Every task of the workflows, what it needs, and what it may do on AWS, where each is a function with a role of its own. No role may delete
anything. Every task reads and writes the records of jobs, their timelines and leases, its log and its trace:
${grantsText(EVERY_TASK)}.`;

/** The tasks on one page. */
export const tasksReference: GeneratedFile = {
  path: 'docs/reference/tasks.md',
  content: () => {
    const rows = [
      ['Task', 'Needs', 'What it does beyond that', 'What it may do on AWS beyond that'],
      ['---', '---', '---', '---'],
      ...Object.entries<TaskRow>(ROWS).map(([name, { needs }]) => [
        `\`${name}\``,
        needs.map((need) => `\`${need}\``).join(', '),
        needs.map((need) => NEEDS[need].does).join('; '),
        needs.map((need) => grantsText(NEEDS[need].grants)).join('; '),
      ]),
    ];
    return `${INTRODUCTION}\n\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
  },
};

function grantsText(grants: Readonly<Record<string, string>>): string {
  return [...new Set(Object.values(grants))]
    .map((on) => {
      const actions = Object.keys(grants).filter((action) => grants[action] === on);
      return `${actions.map((action) => `\`${action}\``).join(', ')} on ${on}`;
    })
    .join('; ');
}
