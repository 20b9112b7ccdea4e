import { equal, ok } from '../js/support/check.mjs';

const CONFIGS = {
  truedy: { provider: 'truedy', apiKey: 'truedy_hush' },
  thoughtly: { provider: 'thoughtly', apiToken: 'hush', teamId: 'team' },
  kore: { provider: 'kore', host: 'platform.kore.ai', streamId: 's', accountId: 'a', auth: { clientId: 'c', clientSecret: 'hush' } },
};

function refusal(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it was allowed');
}

/** A page shows its secrets to everybody who opens it; Node does not. */
export const cases = ({ runtime, outdial }) => Object.entries(CONFIGS).flatMap(([provider, config]) => [
  {
    name: `${provider}: a client with a secret is ${runtime === 'node' ? 'made' : 'not_allowed'}`,
    run() {
      if (runtime === 'node') return equal(outdial.createClient(config).provider, provider);
      const error = refusal(() => outdial.createClient(config));
      ok(outdial.isOutdialError(error), String(error));
      equal(error.code, 'not_allowed');
      equal(error.provider, provider);
      ok(!JSON.stringify([error, error.message, error.stack]).includes('hush'), 'the secret shows');
    },
  },
  {
    name: `${provider}: dangerouslyAllowBrowser makes one anywhere, and only true says so`,
    run() {
      equal(outdial.createClient({ ...config, dangerouslyAllowBrowser: true }).provider, provider);
      if (runtime !== 'node') equal(refusal(() => outdial.createClient({ ...config, dangerouslyAllowBrowser: false })).code, 'not_allowed');
      equal(refusal(() => outdial.createClient({ ...config, dangerouslyAllowBrowser: 'yes' })).code, 'invalid_input');
    },
  },
  {
    name: `${provider}: validation needs no secret and works anywhere`,
    run: () => ok(outdial.validateContact(provider, { phoneNumber: 'no' }).some(({ path }) => path === 'phoneNumber'), 'the number passed'),
  },
]);
