import type { AtlasClient } from '../atlas/client.ts';
import type { AuditingWith } from '../runbooks/steps/auditing.ts';
import { auditGaps, type AuditFacts } from './compare-audits.ts';
import { couldNotSee, noTarget, see } from './seeing.ts';
import type { StepWork } from './step.ts';

/** The target's project audits what the source's does. */
export const auditing: StepWork<AuditingWith> = {
  async look(_settings, { atlas, source, target }) {
    if (target === undefined) return noTarget('auditing configuration');
    const question = 'whether the restored cluster is audited like the source';
    const here = await see(`the auditing of project ${source.project}`, () => audit(source.project, atlas));
    if ('unseen' in here) return couldNotSee(here, question);
    const there = await see(`the auditing of project ${target.project}`, () => audit(target.project, atlas));
    if ('unseen' in there) return couldNotSee(there, question);
    const gaps = auditGaps(here.seen, there.seen);
    const evidence = {
      sourceAudits: here.seen.enabled,
      targetAudits: there.seen.enabled,
      gaps: gaps.length === 0 ? 'none' : gaps.join('; '),
    };
    if (gaps.length > 0) {
      const message = `Project ${target.project} audits less than project ${source.project}: ${gaps.join('; ')}.`;
      return { outcome: 'failed', message, evidence };
    }
    const message = here.seen.enabled
      ? `Project ${target.project} audits what project ${source.project} audits.`
      : `Project ${source.project} audits nothing, so project ${target.project} misses nothing.`;
    return { outcome: 'done', message, evidence };
  },
};

async function audit(project: string, atlas: AtlasClient): Promise<AuditFacts> {
  const found = await atlas.auditing.getGroupAuditLog({ groupId: project });
  // What Atlas leaves out has its default (return-auditing-configuration-for-one-project).
  return {
    enabled: found.enabled ?? false,
    authorizationSuccess: found.auditAuthorizationSuccess ?? false,
    filter: found.auditFilter ?? '',
  };
}
