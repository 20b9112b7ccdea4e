const SECOND = 1000;
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'];

const formats = new Map();

/** How far the clocks of a zone are ahead of UTC, at a moment; both in milliseconds. An unknown zone throws a RangeError. */
export function offsetAt(zone, moment) {
  const { year, month, day, hour, minute, second } = read(zone, moment);
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(moment / SECOND) * SECOND;
}

function read(zone, moment) {
  const parts = formatOf(zone).formatToParts(moment);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

// To make a format takes a hundred times as long as to use it.
function formatOf(timeZone) {
  let format = formats.get(timeZone);
  if (!format) {
    const shown = Object.fromEntries(PARTS.map((part) => [part, 'numeric']));
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...shown });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * The clocks of a zone between two moments, over which they are changed once at most. Local times are given as the
 * milliseconds of the same date and time in UTC.
 */
export function clockBetween(zone, from, to) {
  const before = offsetAt(zone, from);
  const after = offsetAt(zone, to);
  const change = before === after ? to : changeBetween(zone, from, to, before);
  return {
    /** The first moment at which they show `local` or later. */
    firstAt(local) {
      return local - before < change ? local - before : Math.max(change, local - after);
    },
    /** The moment from which on they never again show a time before `local`. */
    lastAt(local) {
      return local - after > change ? local - after : Math.min(change, local - before);
    },
  };
}

function changeBetween(zone, from, to, before) {
  let [low, high] = [Math.floor(from / SECOND), Math.floor(to / SECOND)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * SECOND) === before) low = middle;
    else high = middle;
  }
  return high * SECOND;
}
