/**
 * Splits a policy into its data, which the module judges, and the caller's own rules, which are functions. A rule that throws,
 * rejects, is late or answers anything but `{ allow: true }` refuses.
 */
export function splitPolicy(policy) {
  try {
    return split(policy);
  } catch {
    // What cannot be read stays as it is, and is refused by name where it is read.
    return { data: policy, permit: undefined };
  }
}

function split(policy) {
  if (typeof policy !== 'object' || policy === null) return { data: policy, permit: undefined };
  const { beforeCall, ...data } = policy;
  if (beforeCall === undefined) return { data, permit: undefined };
  // Something else than a function stays in the data, where it is refused by name.
  if (typeof beforeCall !== 'function') return { data: { ...data, beforeCall }, permit: undefined };
  return { data, permit: (phone) => ask(beforeCall, phone) };
}

async function ask(beforeCall, phone) {
  const answer = await beforeCall(phone);
  if (answer?.allow === true) return undefined;
  return { rule: 'beforeCall', reason: typeof answer?.reason === 'string' ? answer.reason : undefined };
}
