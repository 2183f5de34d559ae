/** Words that a parameter of an address is named by where it lets somebody in. */
const TELLING = new Set([
  'accesstoken',
  'apikey',
  'apitoken',
  'auth',
  'authorization',
  'authtoken',
  'bearer',
  'code',
  'credential',
  'credentials',
  'jwt',
  'key',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'sig',
  'signature',
  'token',
]);

/**
 * The name of a parameter in the query of an address that is named as secrets are, such as `token`, `api_key` or `accessToken`.
 *
 * @returns undefined when there is none.
 */
export function secretParameter(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return [...new URL(url).searchParams.keys()].find((name) =>
    wordsOf(name).some((word) => TELLING.has(word)),
  );
}

/** Where the path of an address lets anybody in: whose it is, at which hosts, and where it begins there. */
const OPEN_DOORS: readonly { readonly whose: string; readonly host: RegExp; readonly path: RegExp }[] = [
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, "Keep it secret, keep it safe"
  { whose: 'Slack', host: /^hooks\.slack(-gov)?\.com$/, path: /^\/./ },
  // https://discord.com/developers/docs/resources/webhook, "Execute Webhook": the token is a part of the path
  { whose: 'Discord', host: /^(\w+\.)?discord(app)?\.com$/, path: /^\/api\/(v\d+\/)?webhooks\/./ },
  // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  { whose: 'Microsoft Teams', host: /\.webhook\.office\.com$/, path: /^\/./ },
  { whose: 'Microsoft Teams', host: /^outlook\.office(365)?\.com$/, path: /^\/webhook\// },
  // https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app: nobody can post there without `sig`, a secret
  { whose: 'Azure Logic Apps', host: /\.logic\.azure\.(com|us|cn)$/, path: /^\/./ },
  // Addresses that PagerDuty makes for one integration. Its Events API, https://developer.pagerduty.com/docs/events-api-v2/overview/,
  // has one address for all, and the key in the body.
  { whose: 'PagerDuty', host: /^events\.(eu\.)?pagerduty\.com$/, path: /^\/(integration|x-ere)\/./ },
  // https://core.telegram.org/bots/api#making-requests
  { whose: 'Telegram', host: /^api\.telegram\.org$/, path: /^\/bot./ },
  // https://zapier.com/help/doc/how-get-started-webhooks-zapier
  { whose: 'Zapier', host: /^hooks\.zapier\.com$/, path: /^\/hooks\/./ },
];

/**
 * Whose address it is that lets anybody post who knows its path, such as an incoming webhook of Slack.
 *
 * @returns undefined for any other address: of a system of the user's own nobody can tell.
 */
export function ownerOfSecretPath(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  // A name may end in a dot, and is the same.
  const name = hostname.replace(/\.$/, '');
  return OPEN_DOORS.find(({ host, path }) => host.test(name) && path.test(pathname))?.whose;
}

function wordsOf(name: string): string[] {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z]+/);
}
