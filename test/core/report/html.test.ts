import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../core/report/html.ts';
import type { Report } from '../../../core/report/report.ts';
import { ALL_CASES } from './all-cases.ts';
import { failedGuard, failedRestore, simulatedDrill } from './cases.ts';
import { chained, DRILL_TEXT, passedDrill, reportOf } from './fixtures.ts';
import { embeddedFacts, hostile, structure } from './hostile-text.ts';
import { readMarkup } from './markup.ts';

/** The report with `text` wherever a person or Atlas could have put words of their own. */
function withText(report: Report, text: string): Report {
  const evidence = Object.fromEntries([[`key ${text}`, text]]);
  const results = [{ name: text, outcome: 'unknown' as const, message: text, evidence }];
  const events = [{ at: report.createdAt, type: text, message: text, data: evidence }];
  return {
    ...report,
    runbook: { name: text, description: text, text },
    startedBy: { type: 'http', who: text },
    source: { project: text, cluster: text },
    target: { project: text, cluster: `${text}2` },
    policy: { protectedClusters: [text], allowedProjects: [text] },
    recoveryPoint: { ...report.recoveryPoint!, snapshotId: text, snapshotType: text, version: text },
    failure: { ...report.failure!, name: text, message: text, changed: text, next: text },
    cancel: { at: report.createdAt, by: text, reason: text },
    guards: results,
    checks: results,
    atlas: { ...report.atlas, restoreJobId: text, snapshotId: text },
    events: chained(text, events),
    chain: { ...report.chain, intact: false, fault: { sequence: 1, reason: text } },
    jobId: text,
  };
}

describe('the page', () => {
  test.each(Object.entries(ALL_CASES))(
    '%s is well formed and holds its facts once more as JSON',
    (_name, make) => {
      const report = reportOf(make());
      const page = renderReport(report);
      expect(readMarkup(page).tags[0]).toEqual({ name: 'html', attributes: { lang: 'en' } });
      expect(embeddedFacts(page)).toStrictEqual(report);
    },
  );

  test.each(Object.entries(ALL_CASES))('%s shows every fact', (_name, make) => {
    const report = reportOf(make());
    const { text, tags } = readMarkup(renderReport(report));
    const titles = new Set(tags.map((tag) => tag.attributes.title));
    const results = [...report.guards, ...report.checks];
    const shown = [
      report.jobId,
      report.runbook.text,
      report.startedBy.who,
      report.source?.cluster,
      report.target?.cluster,
      report.failure?.message,
      report.failure?.changed,
      report.failure?.next,
      report.cancel?.reason,
      report.recoveryPoint?.snapshotId,
      report.atlas.restoreJobId,
      report.chain.lastHash,
      `lifeboat jobs verify ${report.jobId}`,
      ...results.flatMap((result) => [result.name, result.message, ...Object.values(result.evidence ?? {})]),
      ...report.events.flatMap((event) => [event.message, event.type, event.hash.slice(0, 12)]),
    ];
    for (const fact of shown.filter((value) => value !== undefined && value !== null)) {
      expect(text).toContain(String(fact));
    }
    for (const event of report.events) {
      expect(titles).toContain(event.hash);
      expect(titles).toContain(event.at);
    }
  });

  test('shows sizes and durations for a person and keeps the exact values', () => {
    const page = renderReport(reportOf(passedDrill()));
    expect(page).toMatch(/title="13,314,398,617 bytes"\s*>12\.4 GiB</);
    expect(page).toMatch(/title="252\.2 seconds"\s*>4 min 12 s</);
    expect(page).toContain('25 min 48 s to spare');
  });

  test('says at its very top, and on every printed sheet, that a simulation proves nothing', () => {
    const page = renderReport(reportOf(simulatedDrill()));
    const main = page.slice(page.indexOf('<main>'), page.indexOf('</main>') + 7);
    expect(readMarkup(main).text.trim().replaceAll(/\s+/g, ' ')).toMatch(
      /^This was a simulation\.[^.]+\. It proves nothing about a real cluster\./,
    );
    expect(page).toContain('@top-center { content: "Simulation.');
    expect(renderReport(reportOf(passedDrill()))).not.toMatch(/simulation\./i);
  });

  test('says an outcome by a word as well as by its colour', () => {
    const { text } = readMarkup(renderReport(reportOf(failedGuard())));
    expect(text).toMatch(/✕\s+Failed/);
    expect(text).toMatch(/✕\s+Fail\s/);
    expect(text).toMatch(/\?\s+Unknown/);
    expect(text).toMatch(/✓\s+Pass\s/);
  });

  test('reports a broken chain', () => {
    const drill = passedDrill();
    const { text } = readMarkup(renderReport(reportOf({ ...drill, timeline: drill.timeline.slice(1) })));
    expect(text).toMatch(/✕\s+Broken/);
  });

  test('has one first-level heading, a second-level one for each section, and a scope on every table header', () => {
    const { tags } = readMarkup(renderReport(reportOf(passedDrill())));
    const headings = tags.filter((tag) => /^h\d$/.test(tag.name)).map((tag) => tag.name);
    const sections = tags.filter((tag) => tag.name === 'section');
    expect(headings).toEqual(['h1', ...sections.map(() => 'h2')]);
    const headers = tags.filter((tag) => tag.name === 'th');
    expect(headers.length).toBeGreaterThan(20);
    expect(headers.filter((tag) => !['row', 'col'].includes(tag.attributes.scope ?? ''))).toEqual([]);
  });

  test('uses no id twice', () => {
    const ids = readMarkup(renderReport(reportOf(passedDrill()))).tags.flatMap(
      (tag) => tag.attributes.id ?? [],
    );
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('refers to nothing outside itself and allows nothing to run', () => {
    const page = renderReport(reportOf(passedDrill()));
    const { tags } = readMarkup(page);
    const policy = tags.find((tag) => tag.attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes.content).toContain("default-src 'none'");
    expect(policy?.attributes.content).not.toContain('script-src');
    expect(tags.flatMap((tag) => [tag.attributes.src ?? [], tag.attributes.href ?? []].flat())).toEqual([
      'data:,',
    ]);
    expect(page).not.toMatch(/url\(|@import|\son\w+=/);
  });

  test('keeps the white space of the runbook', () => {
    const page = renderReport(reportOf(passedDrill()));
    const text = readMarkup(/<pre.*<\/pre>/s.exec(page)![0]).text;
    expect(text).toBe(DRILL_TEXT);
  });
});

describe('text from outside', () => {
  const report = reportOf(failedRestore());
  const plain = structure(renderReport(withText(report, 'words')));
  test('adds no element and no attribute, and is still there to be read', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const facts = withText(report, text);
        const page = renderReport(facts);
        expect(structure(page)).toEqual(plain);
        expect(embeddedFacts(page)).toEqual(facts);
      }),
      { numRuns: 200 },
    );
  });
});
