import type { Credentials } from './credentials.ts';
import { AtlasSettingsError } from './errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const CLIENT_ID = 'MONGODB_ATLAS_CLIENT_ID';
const CLIENT_SECRET = 'MONGODB_ATLAS_CLIENT_SECRET';
const PUBLIC_KEY = 'MONGODB_ATLAS_PUBLIC_KEY';
const PRIVATE_KEY = 'MONGODB_ATLAS_PRIVATE_KEY';
/** The names that the Atlas CLI uses for the same. */
const CLI_PUBLIC_KEY = 'MONGODB_ATLAS_PUBLIC_API_KEY';
const CLI_PRIVATE_KEY = 'MONGODB_ATLAS_PRIVATE_API_KEY';
const BASE_URL = 'MONGODB_ATLAS_BASE_URL';

const ATLAS = 'https://cloud.mongodb.com';

/**
 * The credentials that the environment holds. A service account goes before an API key when both are there; half of one
 * is an error, because the other half was meant to be there.
 *
 * @throws AtlasSettingsError naming every variable that is missing.
 */
export function credentialsFrom(environment: Environment): Credentials {
  const clientId = value(environment, CLIENT_ID);
  const clientSecret = value(environment, CLIENT_SECRET);
  if (clientId !== undefined && clientSecret !== undefined)
    return { kind: 'serviceAccount', clientId, clientSecret };
  if (clientId !== undefined) throw missing(CLIENT_SECRET);
  if (clientSecret !== undefined) throw missing(CLIENT_ID);

  const publicKey = value(environment, PUBLIC_KEY) ?? value(environment, CLI_PUBLIC_KEY);
  const privateKey = value(environment, PRIVATE_KEY) ?? value(environment, CLI_PRIVATE_KEY);
  if (publicKey !== undefined && privateKey !== undefined) return { kind: 'apiKey', publicKey, privateKey };
  if (publicKey !== undefined) throw missing(PRIVATE_KEY);
  if (privateKey !== undefined) throw missing(PUBLIC_KEY);

  throw new AtlasSettingsError(
    'The environment holds no credentials for Atlas.',
    `Set ${CLIENT_ID} and ${CLIENT_SECRET} (a service account), or ${PUBLIC_KEY} and ${PRIVATE_KEY} (an API key).`,
  );
}

/**
 * Where Atlas is, without a slash at the end: `MONGODB_ATLAS_BASE_URL`, or Atlas itself.
 *
 * @throws AtlasSettingsError when it is no URL, carries more than a place, or would send credentials in the clear to
 * another machine.
 */
export function baseUrlFrom(environment: Environment): string {
  const text = value(environment, BASE_URL) ?? ATLAS;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new AtlasSettingsError(
      `${BASE_URL} is not a web address.`,
      `Set ${BASE_URL} to an address such as ${ATLAS}.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new AtlasSettingsError(
      `${BASE_URL} carries more than a scheme, a host and a path.`,
      `Take the user, the password, the query and the fragment out of ${BASE_URL}.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new AtlasSettingsError(
      `${BASE_URL} would send credentials to ${url.host} in the clear.`,
      `Use https in ${BASE_URL}; http is only for this machine itself.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Secrets that come out of files often end in a line break; a blank value is none. */
function value(environment: Environment, name: string): string | undefined {
  const trimmed = environment[name]?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function missing(name: string): AtlasSettingsError {
  return new AtlasSettingsError(
    `${name} is missing; its other half is set.`,
    `Set ${name}, or unset its other half.`,
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
