import assert from 'node:assert/strict';
import test from 'node:test';
import { quietIn } from '../../pkg/quiet-hours-spans.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

// Every edge is looked at, and between the edges a minute now and then, each time another of the hour.
const STRIDE = 97;

// 2027 in zones of both hemispheres, by half an hour and by an hour, at midnight and not, and where no clock is changed.
const ZONES = {
  'America/New_York': ['2027-03-14', '2027-11-07'],
  'Europe/Berlin': ['2027-03-28', '2027-10-31'],
  'Australia/Sydney': ['2027-04-04', '2027-10-03'],
  'Australia/Lord_Howe': ['2027-04-04', '2027-10-03'],
  'America/Santiago': ['2027-04-04', '2027-09-05'],
  'Africa/Cairo': ['2027-04-30', '2027-10-29'],
  'America/Havana': ['2027-03-14', '2027-11-07'],
};
const UNCHANGED = 'Asia/Kolkata';

const WINDOWS = [
  ['21:00', '08:00'],
  ['22:30', '02:30'],
  ['01:30', '02:15'],
  ['02:10', '02:40'],
  ['02:30', '01:45'],
  ['00:00', '08:00'],
  ['20:00', '00:00'],
  ['23:30', '00:30'],
  ['00:15', '23:45'],
  ['23:15', '23:45'],
  ['12:00', '13:00'],
];

/** Every minute of some days with what the clocks show, as Intl prints it: '2027-03-14 01:59'. */
function minutesOf(zone, from, to) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const minutes = [];
  for (let at = from; at < to; at += MINUTE) minutes.push({ at, shown: format.format(at) });
  return minutes;
}

/**
 * The promise, in its own words: on each date the quiet begins with the first minute that shows `start` or later, and it
 * ends with the last that shows a time before `end`. Gives whether each minute is quiet.
 */
function quietMinutes(minutes, start, end) {
  const quiet = new Array(minutes.length).fill(false);
  const dates = [...new Set(minutes.map(({ shown }) => shown.slice(0, 10)))];
  // A date may be without the times of its night, and is a date all the same.
  for (const [index, date] of dates.entries()) {
    const last = end > start ? date : dates[index + 1];
    if (!last) continue;
    const first = minutes.findIndex(({ shown }) => shown >= `${date} ${start}`);
    const until = minutes.findLastIndex(({ shown }) => shown < `${last} ${end}`);
    if (first >= 0 && until >= first) quiet.fill(true, first, until + 1);
  }
  return quiet;
}

function around(zone, date) {
  const noon = Date.parse(`${date}T12:00Z`);
  return minutesOf(zone, noon - 4 * DAY, noon + 4 * DAY);
}

for (const [zone, dates] of Object.entries(ZONES)) {
  for (const date of dates) {
    test(`quiet hours in ${zone} are those that its clocks show, minute by minute, around the change of ${date}`, () => {
      const minutes = around(zone, date);
      assert.notEqual(minutes.at(0).shown.slice(11), minutes.at(-1440).shown.slice(11), 'no clock was changed');
      for (const [start, end] of WINDOWS) compare(zone, minutes, start, end);
    });
  }
}

test('quiet hours are those that the clocks show where they are never changed', () => {
  for (const [start, end] of WINDOWS) compare(UNCHANGED, around(UNCHANGED, '2027-03-14'), start, end);
});

function compare(zone, minutes, start, end) {
  const expected = quietMinutes(minutes, start, end);
  // The first and the last days of the list lack their neighbours.
  const [first, last] = [2 * 1440, minutes.length - 2 * 1440];
  for (let index = first; index < last; index++) {
    const { at, shown } = minutes[index];
    const isEdge = expected[index] !== expected[index - 1] || expected[index] !== expected[index + 1];
    if (!isEdge && index % STRIDE !== 0) continue;
    const answer = quietIn({ start, end }, [zone], at);
    const what = `${zone} ${start}-${end} at ${shown} (${new Date(at).toISOString()})`;
    assert.equal(answer !== undefined, expected[index], what);
    if (!answer || expected.indexOf(false, index) < 0) continue;
    assert.equal(answer.nextAllowedAt, new Date(minutes[expected.indexOf(false, index)].at).toISOString(), what);
  }
}

const quiet = (start, end, zone, moment) => quietIn({ start, end }, [zone].flat(), Date.parse(moment));

test('start is quiet and end is not, to the millisecond', () => {
  assert.equal(quiet('21:00', '08:00', 'Asia/Kolkata', '2027-01-15T15:29:59.999Z'), undefined);
  assert.equal(quiet('21:00', '08:00', 'Asia/Kolkata', '2027-01-15T15:30:00.000Z').nextAllowedAt, '2027-01-16T02:30:00.000Z');
  assert.equal(quiet('21:00', '08:00', 'Asia/Kolkata', '2027-01-16T02:29:59.999Z').nextAllowedAt, '2027-01-16T02:30:00.000Z');
  assert.equal(quiet('21:00', '08:00', 'Asia/Kolkata', '2027-01-16T02:30:00.000Z'), undefined);
});

test('an end within the hour that is skipped comes when the hour is skipped', () => {
  assert.equal(quiet('21:00', '02:30', 'America/New_York', '2027-03-14T06:00Z').nextAllowedAt, '2027-03-14T07:00:00.000Z');
  assert.equal(quiet('21:00', '02:15', 'Australia/Lord_Howe', '2027-10-02T15:00Z').nextAllowedAt, '2027-10-02T15:30:00.000Z');
});

test('an end within the hour that is repeated comes the second time, and a start the first time', () => {
  const [once, again] = ['2027-11-07T05:40Z', '2027-11-07T06:10Z'];
  assert.equal(quiet('21:00', '01:30', 'America/New_York', once).nextAllowedAt, '2027-11-07T06:30:00.000Z');
  assert.equal(quiet('21:00', '01:30', 'America/New_York', again).nextAllowedAt, '2027-11-07T06:30:00.000Z');
  assert.equal(quiet('01:30', '06:00', 'America/New_York', '2027-11-07T05:29Z'), undefined);
  assert.equal(quiet('01:30', '06:00', 'America/New_York', again).nextAllowedAt, '2027-11-07T11:00:00.000Z');
});

test('with several time zones all must be open', () => {
  const zones = ['America/New_York', 'America/Los_Angeles'];
  const answer = quiet('21:00', '08:00', zones, '2027-01-15T14:00Z');
  assert.deepEqual(answer, { zone: 'America/Los_Angeles', nextAllowedAt: '2027-01-15T16:00:00.000Z' });
  assert.equal(quiet('21:00', '08:00', zones, '2027-01-15T16:00Z'), undefined);
  // New York closes two hours before Los Angeles does.
  assert.equal(quiet('21:00', '08:00', zones, '2027-01-16T03:00Z').nextAllowedAt, '2027-01-16T16:00:00.000Z');
});

test('zones that are never open together have no next moment', () => {
  const zones = ['Europe/London', 'Pacific/Auckland'];
  assert.deepEqual(quiet('18:00', '09:00', zones, '2027-01-15T12:00Z'), { zone: 'Pacific/Auckland', nextAllowedAt: undefined });
  assert.equal(quiet('18:00', '09:00', zones[0], '2027-01-15T12:00Z'), undefined);
});

test('a zone that the runtime does not know is an error, not an open zone', () => {
  assert.throws(() => quiet('21:00', '08:00', 'Nowhere/Land', '2027-01-15T12:00Z'), RangeError);
});
