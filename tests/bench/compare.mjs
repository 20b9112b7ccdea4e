// What a busy machine does to two medians of one run stays below this.
const MOST_FALL = 0.25;

/**
 * The rows in which ratios to peers differ from those recorded, where a larger one is better for us: `{ row, was?, is?, verdict }`,
 * of which 'fell' and 'missing' are failures, 'rose' and 'new' are not.
 */
export function differences(recorded, measured) {
  const rows = [...new Set([...Object.keys(recorded), ...Object.keys(measured)])];
  return rows.map((row) => ({ row, was: recorded[row], is: measured[row], verdict: verdictOf(recorded[row], measured[row]) })).filter(({ verdict }) => verdict);
}

function verdictOf(was, is) {
  if (is === undefined) return 'missing';
  if (was === undefined) return 'new';
  if (is < was * (1 - MOST_FALL)) return 'fell';
  return is > was / (1 - MOST_FALL) ? 'rose' : undefined;
}

export const isFailure = ({ verdict }) => verdict === 'fell' || verdict === 'missing';
