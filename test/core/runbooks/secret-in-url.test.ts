import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { ownerOfSecretPath, secretParameter } from '../../../core/runbooks/secret-in-url.ts';
import { runbookText } from '../../support/rehearsal.ts';

describe('the query of an address', () => {
  it.each(['token', 'Token', 'api_key', 'apiKey', 'access-token', 'sig', 'x.signature', 'code', 'PASSWORD'])(
    'holds a secret in a parameter %s',
    (name) => {
      expect(secretParameter(`https://a.example/hook?channel=7&${name}=x`)).toBe(name);
    },
  );

  it.each(['channel', 'monkey', 'design', 'author', 'keyboard', 'encoded', 'v'])(
    'holds none in a parameter %s',
    (name) => {
      expect(secretParameter(`https://a.example/token/hook?${name}=x#token`)).toBeUndefined();
    },
  );

  it('is left to others where there is no address', () => {
    expect(secretParameter('not an address?token=x')).toBeUndefined();
  });
});

/** Made up, each in the form that its owner gives out. */
const SECRET_PATHS = [
  ['Slack', 'https://hooks.slack.com/services/T000/B000/XXXX'],
  ['Slack', 'https://HOOKS.SLACK.COM./services/T000/B000/XXXX'],
  ['Slack', 'https://hooks.slack.com:443/triggers/T000/1/XXXX'],
  ['Slack', 'https://hooks.slack-gov.com/services/T000/B000/XXXX'],
  ['Discord', 'https://discord.com/api/webhooks/1/XXXX'],
  ['Discord', 'https://ptb.discord.com/api/v10/webhooks/1/XXXX?wait=true'],
  ['Discord', 'https://discordapp.com/api/webhooks/1/XXXX/slack'],
  ['Microsoft Teams', 'https://shop.webhook.office.com/webhookb2/1@2/IncomingWebhook/XXXX/3'],
  ['Microsoft Teams', 'https://outlook.office.com/webhook/1@2/IncomingWebhook/XXXX/3'],
  ['Azure Logic Apps', 'https://prod-1.westeurope.logic.azure.com:443/workflows/XXXX/triggers/manual'],
  ['PagerDuty', 'https://events.pagerduty.com/integration/XXXX/enqueue'],
  ['PagerDuty', 'https://events.eu.pagerduty.com/x-ere/XXXX'],
  ['Telegram', 'https://api.telegram.org/bot1:XXXX/sendMessage'],
  ['Zapier', 'https://hooks.zapier.com/hooks/catch/1/XXXX/'],
] as const;

describe('the path of an address', () => {
  it.each(SECRET_PATHS)('is a secret of %s in %s', (owner, url) => {
    expect(ownerOfSecretPath(url)).toBe(owner);
  });

  it.each([
    'https://ops.example.com/hooks/lifeboat',
    'https://events.pagerduty.com/v2/enqueue',
    'https://discord.com/developers/docs',
    'https://hooks.slack.com.example.com/services/T000/B000/XXXX',
    'https://example.com/hooks.slack.com/services/T000/B000/XXXX',
    'https://logic.azure.com.example.com/workflows/1',
    'not an address',
  ])('is none in %s, as far as anybody can tell', (url) => {
    expect(ownerOfSecretPath(url)).toBeUndefined();
  });

  it.each(SECRET_PATHS)('keeps an address of %s out of a runbook, unquoted: %s', (owner, url) => {
    const asNotice = () =>
      parseRunbook(runbookText({ notify: `[{ webhook: { url: "${url}" } }]` }), 'r.yaml');
    const step = `[{ name: tell, use: webhook, with: { url: "${url}" } }]`;
    const asStep = () => parseRunbook(runbookText({ after: step }), 'r.yaml');
    for (const parse of [asNotice, asStep]) {
      expect(parse).toThrow(`is an address of ${owner} whose path is a secret`);
      expect(parse).toThrow('urlSecret');
      expect(parse).not.toThrow('XXXX');
    }
  });
});
