import * as z from 'zod';
import type { AtlasClient } from '../atlas/client.ts';
import { auditGaps, type AuditFacts } from './auditing/compare-audits.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { couldNotSee, noSource, noTarget, see } from './shared/seeing.ts';

const settings = z.strictObject({});

/** What `with` holds. */
export type AuditingWith = z.output<typeof settings>;

/**
 * The target's project audits what the source's project audits.
 *
 * Doc: return-auditing-configuration-for-one-project.
 */
export const auditing: StepKind<AuditingWith> = {
  use: 'auditing',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: { getGroupAuditLog: ['Project Owner'] },
  asksAbout: ['source', 'target'],
  with: settings,
  summary: () => 'Check that the project of the target audits what that of the source audits',

  async look(_settings, { atlas, source, target }) {
    if (target === undefined) return noTarget('auditing configuration');
    if (source === undefined) return noSource('auditing');
    const question = 'whether the restored cluster is audited like the source';
    const here = await see(`the auditing of project ${source.project}`, () => audit(source.project, atlas));
    if ('unseen' in here) return couldNotSee(here, question);
    if (here.seen === undefined) {
      const unseen = `the auditing of project ${source.project}: Atlas does not say whether it is on`;
      return couldNotSee({ unseen }, question);
    }
    const there = await see(`the auditing of project ${target.project}`, () => audit(target.project, atlas));
    if ('unseen' in there) return couldNotSee(there, question);
    // What cannot be told of the target is not relied on.
    const audited = there.seen ?? OFF;
    const gaps = auditGaps(here.seen, audited);
    const evidence = {
      sourceAudits: here.seen.enabled,
      targetAudits: audited.enabled,
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

const OFF: AuditFacts = { enabled: false, authorizationSuccess: false, filter: '' };

/** Undefined where Atlas leaves out whether auditing is on: that it is off would be a guess. */
async function audit(project: string, atlas: AtlasClient): Promise<AuditFacts | undefined> {
  const found = await atlas.auditing.getGroupAuditLog({ groupId: project });
  if (found.enabled === undefined) return undefined;
  // What else Atlas leaves out has its default (return-auditing-configuration-for-one-project).
  return {
    enabled: found.enabled,
    authorizationSuccess: found.auditAuthorizationSuccess ?? false,
    filter: found.auditFilter ?? '',
  };
}
