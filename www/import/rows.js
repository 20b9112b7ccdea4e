import { checkPolicy, createClient, validateContact } from '../outdial.js';
import { readContactsCsv } from '../csv.js';

const KEY = 'truedy_demo_import';

/** A client of a list: it takes only numbers that the numbering plan has given out. `fetch` is the sandbox's. */
export const clientOf = (fetch) => createClient({ provider: 'truedy', apiKey: KEY, numbers: 'valid', fetch, dangerouslyAllowBrowser: true });

/**
 * The rows of a list: `{ line, kind, value?, reason?, message? }`; `kind` is ok, invalid, or refused by the policy under
 * which createCall dials.
 */
export async function* readRows(file, mapping) {
  const client = clientOf(() => { throw new Error('nothing is sent yet'); });
  const validate = (input) => validateContact(client, input);
  for await (const { line, ok, value, error } of readContactsCsv(file, mapping, { validate })) {
    if (!ok) {
      const [{ path, code }] = error.issues;
      yield { line, kind: 'invalid', reason: path === 'phoneNumber' || path === '' ? code : `${path} ${code}`, message: error.message };
      continue;
    }
    const { allowed, rule, region, type } = await checkPolicy({}, value.phoneNumber);
    const phone = { region, type };
    if (allowed) yield { line, kind: 'ok', value, phone };
    else yield { line, kind: 'refused', value, phone, reason: rule === 'types' ? type : region, message: `refused by the policy: ${rule}` };
  }
}
