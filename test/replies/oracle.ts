import type { MutatedReply } from './play.ts';

/** Where the evidence stands that a job's verdict rests on. */
const EVIDENCE: readonly (readonly [operationId: string, field: string])[] = [
  ['getBackupRestoreJob', 'cancelled'],
  ['getBackupRestoreJob', 'expired'],
  ['getBackupRestoreJob', 'failed'],
  ['getBackupRestoreJob', 'finishedAt'],
  ['getFlexRestoreJob', 'status'],
  ['getCluster', 'stateName'],
  ['getFlexCluster', 'stateName'],
  ['listAlerts', 'results'],
  ['listGroupEvents', 'eventTypeName'],
  ['listGroupEvents', 'created'],
  ['getGroupLiveMigration', 'status'],
  ['getBackupExport', 'state'],
];

/** A list in another order, or with items twice, still proves what it proved. An empty list of alerts is evidence. */
const HARMLESS = new Set(['reversed', 'doubled']);

/** Whether a mutation leaves too little for a job to pass. */
export function removesEvidence({ operationId, path, name }: MutatedReply): boolean {
  const field = path.at(-1);
  if (HARMLESS.has(name) || (operationId === 'listAlerts' && name === 'empty')) return false;
  return EVIDENCE.some(([operation, wanted]) => operation === operationId && wanted === field);
}
