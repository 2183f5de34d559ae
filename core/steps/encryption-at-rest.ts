import { type EncryptionAtRestWith, keyName } from '../runbooks/steps/encryption-at-rest.ts';
import { justSent } from './just-sent.ts';
import { onTarget } from './on-target.ts';
import type { StepAnswer, StepWork } from './step.ts';

/** Atlas tries a key within a few minutes. */
const LOOK_AGAIN_SECONDS = 15;

/** What Atlas says of the encryption at rest of a project, as far as this step reads it. */
type Encryption = Readonly<Record<string, unknown>>;

/** Points the target's project at the key and waits until Atlas has found it valid. */
export const encryptionAtRest: StepWork<EncryptionAtRestWith> = {
  send: onTarget(async (settings, { project }, { atlas }) => {
    const before = await atlas.encryption.getEncryptionAtRest({ groupId: project });
    if (!isSet(before, settings)) {
      // By its name: the client checks the names of regions, of which there are many.
      await atlas.call('updateEncryptionAtRest', { groupId: project, body: bodyOf(settings) });
      return trying(project, settings);
    }
    if (!isValid(before, settings)) return trying(project, settings);
    return {
      outcome: 'done',
      message: `Project ${project} was encrypted with the key ${keyName(settings)} already, and the key is valid.`,
      evidence: { already: true, valid: true },
    };
  }),

  look: onTarget(async (settings, { project }, context) => {
    const { atlas } = context;
    const found = await atlas.encryption.getEncryptionAtRest({ groupId: project });
    if (!holdsKey(found, settings)) {
      if (justSent(context)) return trying(project, settings);
      return {
        outcome: 'failed',
        message: `Project ${project} no longer points at the key ${keyName(settings)}: someone or something else has changed it since.`,
      };
    }
    if (!isValid(found, settings)) return trying(project, settings);
    return {
      outcome: 'done',
      message: `Project ${project} points at the key ${keyName(settings)}, and Atlas found it valid.`,
      evidence: { valid: true },
    };
  }),
};

function trying(project: string, settings: EncryptionAtRestWith): StepAnswer {
  return {
    outcome: 'wait',
    sent: true,
    waitSeconds: LOOK_AGAIN_SECONDS,
    message: `Project ${project} points at the key ${keyName(settings)}; Atlas has not found it valid yet.`,
    evidence: { valid: false },
  };
}

function bodyOf({ key, enabledForSearchNodes }: EncryptionAtRestWith) {
  const search = enabledForSearchNodes === undefined ? {} : { enabledForSearchNodes };
  if ('awsKms' in key) return { awsKms: { ...key.awsKms, enabled: true }, ...search };
  if ('azureKeyVault' in key) return { azureKeyVault: { ...key.azureKeyVault, enabled: true }, ...search };
  return { googleCloudKms: { ...key.googleCloudKms, enabled: true }, ...search };
}

/** Whether everything is as the runbook wants it; what Atlas does not show counts as different and is sent again. */
function isSet(found: Encryption, settings: EncryptionAtRestWith): boolean {
  const { enabledForSearchNodes, ...wanted } = bodyOf(settings);
  const searchIsSet =
    enabledForSearchNodes === undefined || found.enabledForSearchNodes === enabledForSearchNodes;
  const shown = providerOf(found, settings);
  const fields = Object.values<Encryption>(wanted).flatMap((part) => Object.entries(part));
  return searchIsSet && fields.every(([name, value]) => shown[name] === value);
}

function holdsKey(found: Encryption, settings: EncryptionAtRestWith): boolean {
  const shown = providerOf(found, settings);
  return shown.enabled === true && Object.values(shown).includes(keyName(settings));
}

function isValid(found: Encryption, settings: EncryptionAtRestWith): boolean {
  return providerOf(found, settings).valid === true;
}

/** What Atlas says of the provider whose key the runbook names. */
function providerOf(found: Encryption, { key }: EncryptionAtRestWith): Encryption {
  const [provider = ''] = Object.keys(key);
  const shown = found[provider];
  return typeof shown === 'object' && shown !== null ? { ...shown } : {};
}
