import type { MutatedReply } from './play.ts';

/** Where the evidence stands that a job's verdict rests on, and whether the last reply alone decides. */
const EVIDENCE: readonly (readonly [operationId: string, field: string, decides: 'all' | 'last'])[] = [
  ['getBackupRestoreJob', 'cancelled', 'last'],
  ['getBackupRestoreJob', 'expired', 'last'],
  ['getBackupRestoreJob', 'failed', 'last'],
  ['getBackupRestoreJob', 'finishedAt', 'last'],
  ['getFlexRestoreJob', 'status', 'last'],
  ['getFlexRestoreJob', 'restoreFinishedDate', 'last'],
  ['getCluster', 'stateName', 'all'],
  ['getFlexCluster', 'stateName', 'all'],
  ['listAlerts', 'results', 'all'],
  ['listAlerts', 'created', 'all'],
  ['listGroupEvents', 'eventTypeName', 'all'],
  ['listGroupEvents', 'created', 'all'],
  ['getGroupLiveMigration', 'status', 'last'],
  ['getGroupLiveMigration', 'readyForCutover', 'all'],
  ['getGroupLiveMigration', 'lagTimeSeconds', 'all'],
  ['getPipelineRun', 'state', 'last'],
  ['getPipelineRun', 'numDocs', 'all'],
  ['getPipelineRun', 'bytesExported', 'all'],
  ['getBackupExport', 'state', 'last'],
  ['getBackupExport', 'exportedCollections', 'all'],
  ['getBackupExport', 'totalCollections', 'all'],
  ['getClusterBackupSnapshot', 'status', 'last'],
];

/** A list in another order, or with items twice, still proves what it proved; an instant may be written in small letters. */
const HARMLESS = ['reversed', 'doubled'];
const HARMLESS_TO: Readonly<Record<string, readonly string[]>> = {
  // An empty list of alerts is evidence.
  results: ['empty'],
  created: ['lower case'],
  finishedAt: ['lower case'],
  restoreFinishedDate: ['lower case'],
  lagTimeSeconds: ['number', 'zero'],
  numDocs: ['number', 'zero'],
  bytesExported: ['number', 'zero'],
  exportedCollections: ['number', 'zero'],
};

/** Whether a mutation leaves too little for a job to pass. */
export function removesEvidence({ operationId, path, name, when }: MutatedReply): boolean {
  const field = String(path.at(-1));
  // Its words are in small letters.
  if (operationId === 'getClusterBackupSnapshot' && name === 'lower case') return false;
  if (when === 'first' || [...HARMLESS, ...(HARMLESS_TO[field] ?? [])].includes(name)) return false;
  return EVIDENCE.some(
    ([operation, wanted, decides]) =>
      operation === operationId && wanted === field && (when === 'always' || decides === 'last'),
  );
}
