import { names } from './names.js';
import { REGION_NOT_ALLOWED } from './options.js';
import { regionName } from './region.js';

/**
 * The result for a text that is refused. `plan` is the region whose plan was asked, or an empty text; `phone` what could
 * be read.
 */
export function refused(reason, plan, phone) {
  const { reasons, messages } = names('parsePhone');
  const region = reason === REGION_NOT_ALLOWED ? phone.region : plan;
  // Numbers of the world at large belong nowhere.
  const place = region && region !== '001' ? ` in ${regionName(region)}` : '';
  const message = messages[reason].replace(' in {region}', place);
  return { ok: false, code: reasons[reason], message, ...(phone && { phone }) };
}
