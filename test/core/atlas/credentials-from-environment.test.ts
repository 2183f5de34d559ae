import { describe, expect, it } from 'vitest';
import { baseUrlFrom, credentialsFrom } from '../../../core/atlas/credentials-from-environment.ts';
import { AtlasSettingsError } from '../../../core/atlas/errors.ts';

const ID = 'MONGODB_ATLAS_CLIENT_ID';
const SECRET = 'MONGODB_ATLAS_CLIENT_SECRET';
const PUBLIC = 'MONGODB_ATLAS_PUBLIC_KEY';
const PRIVATE = 'MONGODB_ATLAS_PRIVATE_KEY';
const CLI_PUBLIC = 'MONGODB_ATLAS_PUBLIC_API_KEY';
const CLI_PRIVATE = 'MONGODB_ATLAS_PRIVATE_API_KEY';

describe('credentialsFrom', () => {
  const account = { kind: 'serviceAccount', clientId: 'i', clientSecret: 's' };
  const key = { kind: 'apiKey', publicKey: 'p', privateKey: 'q' };

  it.each([
    ['a service account', { [ID]: 'i', [SECRET]: 's' }, account],
    [
      'a service account before an API key',
      { [ID]: 'i', [SECRET]: 's', [PUBLIC]: 'p', [PRIVATE]: 'q' },
      account,
    ],
    ['an API key', { [PUBLIC]: 'p', [PRIVATE]: 'q' }, key],
    ["an API key under the Atlas CLI's names", { [CLI_PUBLIC]: 'p', [CLI_PRIVATE]: 'q' }, key],
    ['our names before those', { [PUBLIC]: 'p', [CLI_PUBLIC]: 'x', [PRIVATE]: 'q', [CLI_PRIVATE]: 'y' }, key],
    [
      'values without the line break of their file',
      { [ID]: 'i\n', [SECRET]: ' s\r\n', [PUBLIC]: '' },
      account,
    ],
  ])('takes %s', (_, environment, expected) => {
    expect(credentialsFrom(environment)).toEqual(expected);
  });

  it.each([
    ['nothing', {}, [ID, SECRET, PUBLIC, PRIVATE]],
    ['blanks', { [ID]: ' ', [SECRET]: '' }, [ID, SECRET, PUBLIC, PRIVATE]],
    ['an id alone', { [ID]: 'value-1' }, [SECRET]],
    ['a secret alone', { [SECRET]: 'value-1', [PUBLIC]: 'value-2', [PRIVATE]: 'value-3' }, [ID]],
    ['a public key alone', { [PUBLIC]: 'value-1' }, [PRIVATE]],
    ['a private key alone', { [CLI_PRIVATE]: 'value-1' }, [PUBLIC]],
  ])('names what is missing beside %s, and shows no value', (_, environment, missing) => {
    const attempt = () => credentialsFrom(environment);
    expect(attempt).toThrow(AtlasSettingsError);
    try {
      attempt();
    } catch (error) {
      const { message, next } = error as AtlasSettingsError;
      for (const name of missing) expect(`${message} ${String(next)}`).toContain(name);
      expect(`${message} ${String(next)}`).not.toMatch(/value-\d/);
    }
  });
});

describe('baseUrlFrom', () => {
  it.each([
    [undefined, 'https://cloud.mongodb.com'],
    ['', 'https://cloud.mongodb.com'],
    ['https://cloud-dev.mongodb.com/', 'https://cloud-dev.mongodb.com'],
    ['https://proxy.example:8443/atlas/', 'https://proxy.example:8443/atlas'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %s', (value, expected) => {
    expect(baseUrlFrom({ MONGODB_ATLAS_BASE_URL: value })).toBe(expected);
  });

  it.each([
    'cloud.mongodb.com',
    'ftp://cloud.mongodb.com',
    'http://cloud.mongodb.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'https://user:hunter2@cloud.mongodb.com',
    'https://cloud.mongodb.com/?key=hunter2',
    'https://cloud.mongodb.com/#x',
  ])('refuses %s', (value) => {
    const attempt = () => baseUrlFrom({ MONGODB_ATLAS_BASE_URL: value });
    expect(attempt).toThrow(AtlasSettingsError);
    expect(attempt).not.toThrow('hunter2');
  });
});
