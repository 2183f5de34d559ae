import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../core/report/html.ts';
import type { Report } from '../../../core/report/report.ts';
import * as campaigns from './campaign-cases.ts';
import * as cutovers from './cutover-cases.ts';
import { reportOf } from './fixtures.ts';
import { embeddedFacts, hostile, structure } from './hostile-text.ts';
import { readMarkup } from './markup.ts';
import * as runs from './pipeline-cases.ts';

test('the page of a campaign leads to the report of each drill that began', () => {
  const made = campaigns.failedCampaign();
  const { tags, text } = readMarkup(renderReport(reportOf(made)));
  const links = tags.flatMap(({ name, attributes }) => (name === 'a' ? [attributes.href] : []));
  const [orders, customers] = made.job.campaign.drills ?? [];
  expect(links).toEqual([`${orders?.jobId ?? ''}.html`, `${customers?.jobId ?? ''}.html`]);
  for (const shown of ['GuardsFailedError: The target is too small.', 'did not begin', 'inconclusive'])
    expect(text).toContain(shown);
});

describe('the page of a cutover', () => {
  const pageOf = (made: Parameters<typeof reportOf>[0]) => readMarkup(renderReport(reportOf(made)));
  const sections = (made: Parameters<typeof reportOf>[0]) =>
    pageOf(made).tags.flatMap(({ name, attributes }) => (name === 'section' ? [attributes.id] : []));

  test.each([cutovers.failedAfterCutover, cutovers.unsettledCutover, cutovers.stillStopped])(
    'has the rollback procedure first when the job stopped late, or writes are still stopped: $name',
    (make) => {
      expect(sections(make())[0]).toBe('rollback');
      expect(pageOf(make()).text).toContain(reportOf(make()).cutover?.rollback);
    },
  );

  test.each([cutovers.passedCutover, cutovers.writeStopTooLong, cutovers.cutOverAlready])(
    'has it further down when nobody has to hurry: $name',
    (make) => {
      expect(sections(make())[0]).toBe('cutover');
      expect(sections(make())).toContain('rollback');
    },
  );

  test('shows the write stop, the readings and who approved', () => {
    const text = pageOf(cutovers.passedCutover()).text.replaceAll(/\s+/g, ' ');
    for (const shown of [
      '3 min 12 s without writes',
      'Cutover asked for, after 1 min 1 s',
      '1 min 1 s of 10 min at most',
      'There is no way back through Atlas.',
      'The shop is quiet.',
      'the runbook does not name them among those who may',
      'It answered 503.',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toContain('What was restored');
  });

  test('tells played approvers from people', () => {
    expect(pageOf(cutovers.simulatedCutover()).text).toContain('played by Lifeboat');
    expect(pageOf(cutovers.passedCutover()).text).not.toContain('played by Lifeboat');
  });
});

describe('the page of the run of a pipeline', () => {
  test('shows what it exported beside the run before', () => {
    const { text } = readMarkup(renderReport(reportOf(runs.passedRun())));
    for (const shown of ['1,204,331', '1,230,000', '−2.1 %', 'INGESTION', 'orders$v1', runs.RUN]) {
      expect(text).toContain(shown);
    }
  });

  test('does not call phases gone through that were not', () => {
    const page = renderReport(reportOf(runs.runInProgress()));
    expect(page).toMatch(/badge good"\s*><span[^>]*>✓<\/span> SNAPSHOT/);
    expect(page).toMatch(/badge plain"\s*><span[^>]*>–<\/span> EXPORT, reached/);
    expect(page).toMatch(/badge plain"\s*><span[^>]*>–<\/span> INGESTION</);
  });

  test('names the snapshot export job that was followed instead', () => {
    const { text } = readMarkup(renderReport(reportOf(runs.exportedInstead())));
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`${runs.EXPORT}, followed instead`);
  });
});

/** The reports with `text` wherever a person or Atlas could have put words of their own into the other kinds. */
function withTextInKinds(text: string): Report[] {
  const cutover = reportOf(cutovers.failedAfterCutover());
  const run = reportOf(runs.passedRun());
  return [
    {
      ...cutover,
      cutover: { ...cutover.cutover!, migrationId: text, status: text, snapshotId: text, rollback: text },
      approvals: cutover.approvals.map((asked) => ({
        ...asked,
        gate: text,
        action: text,
        erases: text,
        from: [text],
        planHash: text,
        decisions: asked.decisions.map((said) => ({ ...said, by: { ...said.by, who: text }, reason: text })),
      })),
      notices: cutover.notices.map((told) => ({ ...told, notice: text, problem: text })),
    },
    {
      ...run,
      pipelineRun: {
        ...run.pipelineRun!,
        title: text,
        pipeline: text,
        runId: text,
        exportId: text,
        state: text,
        snapshotId: text,
        datasetName: text,
        prefix: text,
        before: { ...run.pipelineRun!.before!, run: text, jobId: text },
      },
    },
  ];
}

describe('text from outside', () => {
  test('adds nothing to the pages of cutovers and pipeline runs either', () => {
    const harmless = withTextInKinds('words').map((facts) => structure(renderReport(facts)));
    fc.assert(
      fc.property(hostile, (text) => {
        withTextInKinds(text).forEach((facts, index) => {
          const page = renderReport(facts);
          expect(structure(page)).toEqual(harmless[index]);
          expect(embeddedFacts(page)).toEqual(facts);
        });
      }),
      { numRuns: 100 },
    );
  });
});
