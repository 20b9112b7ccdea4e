import { name, text } from '../syntax.js';

const random = () => crypto.randomUUID().replaceAll('-', '');

/**
 * The three platforms: their names, a made-up account of each, its client as code, and the fields that each can carry.
 * `secrets` are what the page must not show.
 */
export const PLATFORMS = {
  truedy: {
    title: 'Truedy',
    honoursKeys: true,
    account() {
      const apiKey = `truedy_demo_${random()}`;
      return { config: { provider: 'truedy', apiKey }, secrets: [apiKey] };
    },
    code: ['apiKey'],
    contact: ['phoneNumber', 'firstName', 'lastName', 'email', 'customFields'],
    call: ['phoneNumber', 'agentId', 'fromNumber', 'variables', 'settings'],
  },
  thoughtly: {
    title: 'Thoughtly',
    honoursKeys: false,
    account() {
      const [apiToken, teamId] = [`thoughtly_demo_${random()}`, `team_${random().slice(0, 12)}`];
      return { config: { provider: 'thoughtly', apiToken, teamId }, secrets: [apiToken, teamId] };
    },
    code: ['apiToken', 'teamId'],
    contact: ['phoneNumber', 'firstName', 'lastName', 'email', 'customFields'],
    call: ['phoneNumber', 'agentId', 'variables'],
  },
  kore: {
    title: 'Kore.ai',
    honoursKeys: false,
    account() {
      const clientSecret = `kore_demo_${random()}`;
      const auth = { clientId: 'cs-demo', clientSecret };
      return { config: { provider: 'kore', host: 'platform.kore.ai', streamId: 'st-demo', accountId: 'account-demo', auth }, secrets: [clientSecret] };
    },
    code: ['host', 'streamId', 'accountId', 'auth'],
    contact: ['phoneNumber', 'salutation', 'firstName', 'lastName'],
    call: ['phoneNumber', 'agentId', 'fromNumber', 'variables'],
  },
};

/** A client's configuration as code, its secrets by name. */
export function configCode(provider) {
  const members = PLATFORMS[provider].code.flatMap((member) => [', ', name(member)]);
  return ['{ ', name('provider'), ': ', text(`'${provider}'`), ...members, ' }'];
}

// Kore.ai's secret signs a token that is sent in its stead.
const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Hides the secrets of an account in a text, but for their last four characters. */
export function concealer(secrets) {
  const hidden = (secret) => `••••••••${secret.slice(-4)}`;
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, hidden(secret)), text).replace(TOKEN, hidden);
}
