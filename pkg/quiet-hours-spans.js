import { clockBetween, offsetAt } from './zones/local-time.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const DAYS_AHEAD = 7;

/**
 * Whether it is quiet hours in any of `zones` at the moment `now`, in milliseconds: undefined, or else the first such `zone`
 * and `nextAllowedAt`, the first moment at which it is so in none of them, if there is one within seven days.
 */
export function quietIn({ start, end }, zones, now) {
  const spans = zones.map((zone) => spansIn(zone, minutesOf(start), minutesOf(end), now));
  const zone = zones.find((_, index) => spans[index].some(([from, to]) => from <= now && now < to));
  if (zone === undefined) return undefined;
  const open = firstOpen(spans.flat(), now);
  return { zone, nextAllowedAt: open <= now + DAYS_AHEAD * DAY ? new Date(open).toISOString() : undefined };
}

/**
 * The quiet spans around `now` and of the days ahead, as [from, to) moments. Each begins when the clocks first show `start`
 * or later and ends when they show `end` or later for good: an hour that is skipped shortens a span, and one that is
 * repeated belongs to it whole.
 */
function spansIn(zone, start, end, now) {
  const today = Math.floor((now + offsetAt(zone, now)) / DAY) * DAY;
  const clock = clockBetween(zone, now - 4 * DAY, now + (DAYS_AHEAD + 4) * DAY);
  const spans = [];
  for (let day = today - 2 * DAY; day <= today + (DAYS_AHEAD + 1) * DAY; day += DAY) {
    const lastDay = end > start ? day : day + DAY;
    spans.push([clock.firstAt(day + start * MINUTE), clock.lastAt(lastDay + end * MINUTE)]);
  }
  return spans;
}

function minutesOf(time) {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The first moment from `now` on that is in none of the spans. */
function firstOpen(spans, now) {
  let moment = now;
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    if (from > moment) break;
    moment = Math.max(moment, to);
  }
  return moment;
}
