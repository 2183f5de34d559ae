import { createHash } from 'node:crypto';
import type { ApprovalPlan, ApprovalRecord } from '../approval-record.ts';
import { canonicalJson } from '../chain.ts';
import type { PlanFacts } from './plan-of-job.ts';

/** What a plan is for: the question of one job, at one gate, asked for the so manieth time, and who may answer until when. */
export interface Question extends Pick<ApprovalRecord, 'number' | 'rule' | 'until'> {
  readonly jobId: string;
  readonly gate: string;
}

/**
 * The plan with its hash: SHA-256 in hexadecimal over the canonical JSON of the question and of all that the plan says. The
 * same plan of another job, of another gate or asked for again has another hash, so no answer can be carried over.
 */
export function hashedPlan(question: Question, facts: PlanFacts): ApprovalPlan {
  const { jobId, gate, number, rule, until } = question;
  const { runbook, action, erases, recoveryPoint, guards } = facts;
  const asked = { jobId, gate, number, rule, until };
  const content = { ...asked, runbook, action, erases, recoveryPoint, guards };
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { ...facts, hash };
}
