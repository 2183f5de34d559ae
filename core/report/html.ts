import { headline } from './headline.ts';
import { approvals } from './page/approvals.ts';
import { atlas } from './page/atlas.ts';
import { campaign } from './page/campaign.ts';
import { checks, guards } from './page/checks.ts';
import { cutover } from './page/cutover.ts';
import { events } from './page/events.ts';
import { integrity } from './page/integrity.ts';
import { notices } from './page/notices.ts';
import { objectives } from './page/objectives.ts';
import { code, instant, section } from './page/pieces.ts';
import { pipeline } from './page/pipeline.ts';
import { restored } from './page/restored.ts';
import { rollback } from './page/rollback.ts';
import { steps } from './page/steps.ts';
import { style } from './page/style.ts';
import { html, jsonElement, styleElement, toText, type Html } from './page/template.ts';
import { timeline } from './page/timeline.ts';
import { verdict } from './page/verdict.ts';
import type { Report } from './report.ts';
import { isRollbackWanted } from './rollback-wanted.ts';

/** Nothing may be loaded or run. Styles are inline; the data URL is the empty icon, which keeps browsers from asking for one. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * A report as one HTML file that needs nothing beside itself: no script, no font, no request.
 *
 * It is ordered as an auditor reads: the verdict, the objectives, what was restored, cut over or followed, where the time
 * went, the evidence, the runbook, and how to verify all of it. A rollback procedure that may be needed comes first. Every value is escaped. The facts are in it once more as JSON, in the element
 * `#facts`, for tools.
 */
export function renderReport(report: Report): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${headline(report)} – Lifeboat report</title>
        <link rel="icon" href="data:," />
        ${styleElement(style(report.simulation !== null))}
      </head>
      <body>
        <main>
          ${verdict(report)} ${isRollbackWanted(report) ? rollback(report) : null} ${objectives(report)}
          ${restored(report)} ${cutover(report)} ${pipeline(report)} ${campaign(report)} ${timeline(report)}
          ${guards(report)} ${approvals(report)} ${checks(report)} ${steps(report)} ${atlas(report)}
          ${notices(report)} ${events(report)} ${isRollbackWanted(report) ? null : rollback(report)}
          ${runbook(report)} ${integrity(report)}
        </main>
        ${footer(report)} ${jsonElement('facts', report)}
      </body>
    </html> `;
  return toText(page);
}

function runbook(report: Report): Html {
  return section(
    'runbook',
    'The runbook, as written',
    html`<pre tabindex="0" aria-labelledby="runbook-heading"><code>${report.runbook.text}</code></pre>`,
  );
}

function footer(report: Report): Html {
  return html`<footer>
    <p>
      Report on job ${code(report.jobId)}, made by Lifeboat at ${instant(report.generatedAt)}. Report format
      ${report.format}. All times are UTC.
    </p>
  </footer>`;
}
