import { createBreath } from './breath.js';
import { readRows } from './rows.js';

const REPORT_EVERY_MS = 150;

/** What a list holds: `{ rows, ok, invalid, refused, regions, ms }`, the last four but `ms` by reason or region. Rejects once `signal` fires. */
export async function checkList(file, mapping, signal, onProgress) {
  const census = { rows: 0, ok: 0, invalid: {}, refused: {}, regions: {}, ms: 0 };
  const breathe = createBreath();
  const from = performance.now();
  let reported = from;
  for await (const { kind, reason, phone } of readRows(file, mapping)) {
    census.rows += 1;
    if (kind === 'ok') census.ok += 1;
    else census[kind][reason] = (census[kind][reason] ?? 0) + 1;
    if (phone) census.regions[phone.region] = (census.regions[phone.region] ?? 0) + 1;
    if (performance.now() - reported > REPORT_EVERY_MS) {
      reported = performance.now();
      census.ms = reported - from;
      onProgress(census);
    }
    await breathe();
    signal.throwIfAborted();
  }
  census.ms = performance.now() - from;
  return census;
}
