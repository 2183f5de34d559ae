import { clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSourceSeen } from './outcomes.ts';
import { type RestoredData, whenDataKnown } from './restored-data.ts';

const NO_KEY = 'NONE';
const DOUBT = 'the target can take the data as it is encrypted';

/**
 * "Atlas can only restore to a cluster that uses the same encryption provider as the source cluster. Snapshots taken from
 * clusters without Encryption at Rest using Customer Key Management cannot be restored to a cluster with it"
 * (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-ear/; 400 `INVALID_SNAPSHOT_RESTORE_ENCRYPTION`).
 *
 * A snapshot says of its encryption no more than `masterKeyUUID`, which is documented for keys of AWS
 * (return-one-replica-set-cloud-backup). Without it, the snapshot of a source whose keys are elsewhere may be encrypted or not.
 */
export function encryptionCompatible(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
): Outcome {
  return whenDataKnown(runbook, target, facts, DOUBT, (data, onto) =>
    whenSourceSeen(runbook, facts, DOUBT, (from) => {
      const keys = { from: from.encryption, onto: onto.encryption };
      if (keys.from === undefined) return silent(`source ${clusterName(from)}`);
      if (keys.onto === undefined) return silent(`target ${clusterName(target)}`);
      return data.isSource
        ? compare(capital(data.what), keys.from, target, keys.onto)
        : ofSnapshot(data, { ...from, encryption: keys.from }, target, keys.onto);
    }),
  );
}

function silent(whom: string): Outcome {
  return unknown(`Atlas does not tell with whose key ${whom} is encrypted`, DOUBT);
}

/** @param onto as `encryption` of the target. */
function ofSnapshot(
  data: RestoredData,
  from: ClusterRef & { readonly encryption: string },
  target: ClusterRef,
  onto: string,
): Outcome {
  const what = capital(data.what);
  if (data.encrypted !== true) {
    if (from.encryption === NO_KEY || from.encryption === 'AWS') return compare(what, NO_KEY, target, onto);
    const why = `Atlas does not tell whether ${data.what} is encrypted with the customer's key at ${from.encryption}, which source ${clusterName(from)} uses`;
    return unknown(why, DOUBT);
  }
  if (onto === NO_KEY) {
    const message = `${what} is encrypted with the customer's key; target ${clusterName(target)} is not.`;
    return judged(false, message, evidenceOf(onto, true));
  }
  if (from.encryption === NO_KEY)
    return unknown(
      `${what} is encrypted, but source ${clusterName(from)} no longer says with whose key`,
      DOUBT,
    );
  return compare(what, from.encryption, target, onto);
}

function compare(what: string, provider: string, target: ClusterRef, onto: string): Outcome {
  const message = `${what} is ${keyWords(provider)}; target ${clusterName(target)} is ${keyWords(onto)}.`;
  return judged(provider === onto, message, evidenceOf(onto, provider !== NO_KEY));
}

function evidenceOf(onto: string, encrypted: boolean): NonNullable<Outcome['evidence']> {
  return { target: onto, snapshotEncrypted: encrypted };
}

function keyWords(provider: string): string {
  return provider === NO_KEY
    ? 'not encrypted with a key of the customer'
    : `encrypted with the customer's key at ${provider}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
