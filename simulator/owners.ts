import { objectId } from './identifiers.ts';
import type { OrganizationState } from './organization-state.ts';
import type { ProjectState } from './project-state.ts';
import type { CheckedWorldFile } from './world-schema.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type ProjectFile = CheckedWorldFile['projects'][number];
type PipelineFile = ProjectFile['pipelines'][number];
type OrganizationFile = CheckedWorldFile['organizations'][number];

/** What a project of a world file holds beside its clusters and alerts, as it is at `now`. */
export function projectState(file: ProjectFile, now: number): ProjectState {
  const { id, name, organization, managedSlowMs, auditing, ldap, databaseUsers, endpointServices } = file;
  return {
    id,
    name,
    organization,
    createdAt: now - file.ageDays * DAY,
    managedSlowMs,
    auditing,
    ldap,
    databaseUsers,
    endpointServices,
    encryptionAtRest: encryptionState(file.encryptionAtRest, now),
    peers: file.peers.map((peer) => ({ ...peer, changedAt: now - peer.connectsAfter * 1000 })),
    liveMigrations: file.liveMigrations.map(({ ageHours, readyAfter, history, ...migration }) => {
      const createdAt = now - ageHours * HOUR;
      const readyAt = createdAt + readyAfter * 1000;
      return { ...migration, createdAt, readyAt, history: history.toSorted((a, b) => a.from - b.from) };
    }),
    pipelines: file.pipelines.map((pipeline) => pipelineState(pipeline, now)),
    pipelinesWithdrawn: file.pipelinesWithdrawn,
    snapshotExports: file.snapshotExports.map(({ ageHours, queued, seconds, ...job }) => {
      const createdAt = now - ageHours * HOUR;
      const startsAt = createdAt + queued * 1000;
      return { ...job, createdAt, startsAt, endsAt: startsAt + seconds * 1000 };
    }),
  };
}

/**
 * The organizations of a world file; those that only a project or a federation names are empty.
 */
export function organizationStates(file: CheckedWorldFile, now: number): OrganizationState[] {
  const described = file.organizations.map((each) => organizationState(each, now));
  const named = [
    ...file.projects.map((project) => project.organization),
    ...file.federations.flatMap((federation) => federation.organizations),
  ];
  const others = new Set(named.filter((id) => !described.some((each) => each.id === id)));
  return [
    ...described,
    ...[...others].map((id) => ({
      id,
      unpaid: false,
      users: [],
      teams: [],
      apiKeys: [],
      serviceAccounts: [],
    })),
  ];
}

function encryptionState(
  file: ProjectFile['encryptionAtRest'],
  now: number,
): ProjectState['encryptionAtRest'] {
  const provider = (
    settings: Readonly<Record<string, string | boolean>> | undefined,
  ): { settings: Record<string, string | boolean>; validAt: number } | undefined =>
    settings && { settings: { ...settings, enabled: true }, validAt: now };
  const { awsKms, azureKeyVault, googleCloudKms } = file.providers;
  return {
    ...file,
    providers: {
      awsKms: provider(awsKms),
      azureKeyVault: provider(azureKeyVault),
      googleCloudKms: provider(googleCloudKms),
    },
  };
}

function pipelineState(file: PipelineFile, now: number): ProjectState['pipelines'][number] {
  const { ageHours, runs, ...rest } = file;
  const createdAt = now - ageHours * HOUR;
  return {
    ...rest,
    createdAt,
    updatedAt: createdAt,
    runs: runs.map(({ ageHours: runAge, waits, ...run }) => {
      const runCreatedAt = now - runAge * HOUR;
      return { ...run, createdAt: runCreatedAt, startedAt: waits ? undefined : runCreatedAt };
    }),
  };
}

function organizationState(file: OrganizationFile, now: number): OrganizationState {
  return {
    id: file.id,
    unpaid: file.unpaid,
    teams: file.teams,
    users: file.users.map(({ ageHours, invitation, ...user }) => ({
      ...user,
      id: objectId(now - ageHours * HOUR, `user/${file.id}/${user.username}`),
      createdAt: now - ageHours * HOUR,
      invitation: invitation && {
        inviter: invitation.inviter,
        expiresAt: now + invitation.daysLeft * DAY,
      },
    })),
    apiKeys: file.apiKeys.map(({ id, accessList }) => ({
      id,
      accessList: accessList.map(({ ageHours, ...entry }) => ({
        ...entry,
        createdAt: now - ageHours * HOUR,
      })),
    })),
    serviceAccounts: file.serviceAccounts.map(({ ageHours, ...account }) => ({
      ...account,
      createdAt: now - ageHours * HOUR,
    })),
  };
}
