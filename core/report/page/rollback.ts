import type { Report } from '../report.ts';
import { isRollbackWanted } from '../rollback-wanted.ts';
import { section } from './pieces.ts';
import { html, type Html } from './template.ts';

/** The runbook's own procedure with this job's names and times in it. */
export function rollback(report: Report): Html | null {
  const { cutover } = report;
  if (cutover === null) return null;
  const urgent = isRollbackWanted(report);
  return html`<div class="${urgent ? 'rollback urgent' : 'rollback'}">
    ${section(
      'rollback',
      urgent ? 'Rollback procedure' : 'Rollback procedure, should it be needed',
      html`<p>
        The runbook’s own procedure with the names and times of this job, as they stood when the report was
        made. There is no way back through Atlas.
      </p>`,
      html`<pre tabindex="0" aria-labelledby="rollback-heading"><code>${cutover.rollback}</code></pre>`,
    )}
  </div>`;
}
