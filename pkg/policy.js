import { module } from './module.js';
import { splitPolicy } from './permit.js';

/** What createCall's policy says of a number: `{ allowed, rule?, reason?, region?, type, metadataVersion }`. */
export async function checkPolicy(policy, phoneNumber) {
  const { data, permit } = splitPolicy(policy);
  const { number, decision } = module('checkPolicy').checkPolicy(data, phoneNumber);
  if (!decision.allowed || !permit) return decision;
  const refusal = await permit(number).catch(() => ({ rule: 'beforeCall', reason: undefined }));
  return refusal ? { ...decision, ...refusal, allowed: false } : decision;
}
