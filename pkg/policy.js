import { module } from './module.js';
import { pack } from './pack.js';
import { permitted, readWith, splitPolicy } from './permit.js';

/** What a policy, or that of a client which has none, says of a number: `{ allowed, rule?, reason?, nextAllowedAt?, region?, type, metadataVersion }`. */
export async function checkPolicy(policy = {}, phoneNumber) {
  const loaded = module('checkPolicy');
  const { data, permit, issues } = splitPolicy(policy);
  const { number, decision } = readWith(issues, () => loaded.checkPolicy(pack(data), pack(phoneNumber)));
  if (!decision.allowed || !permit) return decision;
  const refusal = await permitted(permit, number);
  return refusal ? { ...decision, ...refusal, allowed: false } : decision;
}
