/** What an organization holds. Instants are milliseconds since the UNIX epoch. */
export interface OrganizationState {
  /** 24 hexadecimal digits. */
  readonly id: string;
  /** Whether Atlas waits for a payment; some operations answer 402 then. */
  readonly unpaid: boolean;
  readonly users: UserState[];
  readonly teams: readonly TeamState[];
  readonly apiKeys: readonly ApiKeyState[];
  readonly serviceAccounts: ServiceAccountState[];
}

/** A person: active, or invited and not yet here. */
export interface UserState {
  readonly id: string;
  /** Email address. */
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly createdAt: number;
  /** Who invited a person that has not accepted, and until when; absent for an active one. */
  readonly invitation?: { readonly inviter: string; readonly expiresAt: number } | undefined;
  readonly organizationRoles: readonly string[];
  /** Roles by project id. */
  readonly projectRoles: Record<string, readonly string[]>;
}

interface TeamState {
  readonly id: string;
  readonly name: string;
  readonly users: readonly string[];
}

interface ApiKeyState {
  readonly id: string;
  readonly accessList: readonly AccessEntryState[];
}

/** One address or one block that an API key may be used from. */
export interface AccessEntryState {
  /** An address, or a block in CIDR notation. */
  readonly address: string;
  readonly createdAt: number;
  readonly requests: number;
}

export interface ServiceAccountState {
  /** `mdb_sa_id_` and 24 hexadecimal digits. */
  readonly clientId: string;
  readonly createdAt: number;
  name: string;
  description: string;
  roles: readonly string[];
}

/** Federated sign-in of one or more organizations. */
export interface FederationState {
  readonly id: string;
  readonly organizations: readonly string[];
  readonly identityProviders: readonly IdentityProviderState[];
  readonly roleMappings: RoleMappingState[];
}

interface IdentityProviderState {
  readonly id: string;
  readonly protocol: 'OIDC' | 'SAML';
  /** When its keys were last revoked. */
  jwksRevokedAt?: number | undefined;
}

interface RoleMappingState {
  readonly id: string;
  readonly organization: string;
  readonly externalGroupName: string;
  readonly roleAssignments: readonly {
    readonly role: string;
    readonly orgId?: string | undefined;
    readonly groupId?: string | undefined;
  }[];
}
