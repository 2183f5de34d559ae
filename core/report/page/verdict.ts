import { headline } from '../headline.ts';
import { outcomeOf, type Outcome } from '../outcome.ts';
import type { Report } from '../report.ts';
import { badge, code, duration, facts, instant, type Tone } from './pieces.ts';
import { html, type Html } from './template.ts';

const STAMPS: Readonly<Record<Outcome, readonly [tone: Tone, word: string]>> = {
  passed: ['good', 'Passed'],
  failed: ['bad', 'Failed'],
  inconclusive: ['doubt', 'Inconclusive'],
  cancelled: ['plain', 'Cancelled'],
  running: ['plain', 'Still running'],
  pending: ['plain', 'Not started'],
};

/** The head of the page: what happened, in one sentence, and what to make of it. */
export function verdict(report: Report): Html {
  return html`<header class="masthead">
    ${report.simulation === null ? null : simulationNotice(report.simulation)}
    <p class="kicker">Lifeboat report <span aria-hidden="true">·</span> ${report.runbook.name}</p>
    <p class="outcome">${stamp(report)}</p>
    <h1>${headline(report)}</h1>
    ${report.runbook.description === null ? null : html`<p class="description">${report.runbook.description}</p>`}
    ${notice(report)} ${jobFacts(report)}
  </header>`;
}

function stamp(report: Report): Html {
  const [tone, word] = STAMPS[outcomeOf(report)];
  return badge(tone, report.simulation === null ? word : `${word}, simulated`);
}

function simulationNotice({ seed, speed }: NonNullable<Report['simulation']>): Html {
  const how = seed === null ? `${speed} times real speed` : `seed ${seed}, ${speed} times real speed`;
  return html`<aside class="notice simulation" aria-label="Simulation">
    <p>
      <strong>This was a simulation.</strong> The job ran against a simulated Atlas (${how}). It proves
      nothing about a real cluster.
    </p>
  </aside>`;
}

/** What to make of a job that did not go as it should: one box, whether it failed, was told to stop, or both. */
function notice({ failure, cancel, verdict }: Report): Html | null {
  if (failure === null && cancel === null) return null;
  return html`<div class="${verdict === 'failed' ? 'notice failure' : 'notice'}">
    ${facts([
      ['What happened', failure?.message ?? null],
      ['What was changed', failure?.changed ?? null],
      ['What to do next', failure?.next ?? null],
      ['Error', failure === null ? null : html`${code(failure.name)}, ${instant(failure.at)}`],
      ['Cancel asked for by', cancel === null ? null : html`${cancel.by}, ${instant(cancel.at)}`],
      ['Reason', cancel?.reason ?? null],
    ])}
  </div>`;
}

function jobFacts(report: Report): Html {
  return facts([
    ['Job', code(report.jobId)],
    ['Kind and status', html`${report.kind}, ${report.status.toLowerCase()}`],
    ['Started by', `${report.startedBy.who} (${report.startedBy.type})`],
    ['Started', report.startedAt === null ? 'not yet' : instant(report.startedAt)],
    ['Ended', report.endedAt === null ? 'not yet' : instant(report.endedAt)],
    [
      report.endedAt === null ? 'Running for' : 'Took',
      report.seconds === null ? null : duration(report.seconds),
    ],
  ]);
}
