import assert from 'node:assert/strict';
import test from 'node:test';
import { AGENT, CALLS, failure, NUMBER, open, outdial } from './support/platforms.mjs';

const { createCall, deleteCall, deleteCalls, getCall, getRecording, getTranscript, listCalls, updateCall } = outdial;

// The words that both of the vendor's documents have; for the rest of the list the calls page rules.
const STATUSES = ['failed', 'no_answer', 'busy', 'voicemail'];
const GENERATIONS = ['narrative', 'openapi'];
const idOf = (index) => `44ec8f61-6d9a-4553-a6ca-${String(index).padStart(12, '0')}`;
const many = (count) => Array.from({ length: count }, (_, index) => ({ id: idOf(index), status: 'completed' }));

const openWith = (options) => open('truedy', options);

/** A call that was placed, talked for a minute and ended. */
async function ended({ settings, ...options } = {}) {
  const { sandbox, client } = open('truedy', { ...options, clock: 'manual' });
  const { id } = await createCall(client, { ...CALLS.truedy, settings });
  sandbox.advance(70_000);
  return { sandbox, client, id };
}

const collect = async (calls) => {
  const all = [];
  for await (const call of calls) all.push(call);
  return all;
};

for (const generation of GENERATIONS) {
  test(`${generation}: a call is placed, read, changed, heard, read again and removed`, async () => {
    const { sandbox, client, id } = await ended({ generation });
    const call = await getCall(client, id);
    assert.deepEqual([call.id, call.status, call.agentId, call.phoneNumber, call.direction, call.provider], [id, 'completed', AGENT, NUMBER, 'outbound', 'truedy']);
    assert.ok(call.requestId && call.durationSeconds > 0 && Date.parse(call.startedAt) < Date.parse(call.endedAt), JSON.stringify(call));
    assert.equal(call.raw.data.id, id);
    assert.match((await getRecording(client, id)).recordingUrl, /^https:/);
    const { transcript, summary } = await getTranscript(client, id);
    assert.ok(Array.isArray(transcript) && transcript.length > 0);
    assert.equal(typeof summary, 'string');
    const changed = await updateCall(client, id, { context: { ticket: 7, nested: { deep: [true, null] } } });
    assert.deepEqual(changed.context, { ticket: 7, nested: { deep: [true, null] } });
    assert.deepEqual((await listCalls(client).page()).items.map((item) => item.id), [id]);
    assert.deepEqual((await deleteCall(client, id)).deletedIds, [id]);
    assert.equal((await failure(getCall(client, id))).code, 'not_found');
    assert.equal(sandbox.created.calls, 0);
  });

  test(`${generation}: calls are listed by status, direction and agent`, async () => {
    const calls = STATUSES.flatMap((status) => [{ status, direction: 'inbound' }, { status, direction: 'outbound', agent_id: AGENT }]);
    const { client } = openWith({ generation, calls });
    for (const status of STATUSES) {
      const { items, total } = await listCalls(client, { status }).page();
      assert.deepEqual([items.map((call) => call.status), total], [[status, status], 2]);
    }
    assert.equal((await listCalls(client, { direction: 'inbound' }).page()).total, STATUSES.length);
    const mine = await listCalls(client, { agentId: AGENT, direction: 'outbound', status: 'busy' }).page();
    assert.deepEqual(mine.items.map((call) => [call.agentId, call.direction, call.status]), [[AGENT, 'outbound', 'busy']]);
  });

  test(`${generation}: the iterator pages by itself and stops at the end`, async () => {
    const { sandbox, client } = openWith({ generation, calls: many(120) });
    const all = await collect(listCalls(client, { limit: 50 }));
    assert.deepEqual([all.length, new Set(all.map(({ id }) => id)).size], [120, 120]);
    assert.deepEqual(sandbox.requests.map(({ url }) => new URL(url).search), ['?limit=50', '?limit=50&offset=50', '?limit=50&offset=100']);
  });
}

test('a page says where it starts, how many there are and whether more follow; each call has its own document', async () => {
  const { client } = openWith({ calls: many(12) });
  const page = await listCalls(client, { limit: 5, offset: 10 }).page();
  assert.deepEqual([page.items.length, page.offset, page.total, page.hasMore], [2, 10, 12, false]);
  assert.deepEqual(page.items.map(({ id, raw }) => id === raw.id), [true, true]);
  assert.equal(page.raw.pagination.total, 12);
  assert.equal((await listCalls(client, { limit: 5 }).page()).hasMore, true);
});

test('the iterator begins at the offset, asks nothing before it is used and nothing after a break', async () => {
  const { sandbox, client } = openWith({ calls: many(30) });
  const calls = listCalls(client, { limit: 10, offset: 15 });
  assert.equal(sandbox.requests.length, 0);
  assert.equal((await collect(calls)).length, 15);
  assert.equal(sandbox.requests.length, 2);
  for await (const _ of listCalls(client, { limit: 10 })) break;
  assert.equal(sandbox.requests.length, 3);
});

test('a page that is lost once is asked for again, and the list has no gap and no call twice', async () => {
  const { sandbox, client } = openWith({ calls: many(60) });
  sandbox.faults([{ kind: 'cut_during', skip: 1, times: 1 }, { kind: 'half_body', skip: 1, times: 1 }]);
  const all = await collect(listCalls(client, { limit: 20 }));
  assert.equal(new Set(all.map(({ id }) => id)).size, 60);
});

test('an empty list is empty', async () => {
  const { client } = openWith();
  assert.deepEqual(await collect(listCalls(client)), []);
});

test('filters that the platform does not have are refused before anything is sent', async () => {
  const { sandbox, client } = openWith();
  for (const [query, path] of [[{ status: 'done' }, 'status'], [{ direction: 'up' }, 'direction'], [{ limit: 101 }, 'limit'], [{ limit: 0 }, 'limit'], [{ offset: -1 }, 'offset'], [{ phoneNumber: NUMBER }, 'phoneNumber']]) {
    const error = await failure(listCalls(client, query).page());
    assert.deepEqual([error.code, error.issues[0].path], ['invalid_input', path]);
  }
  assert.equal(sandbox.requests.length, 0);
});

test('settings of a call that exists: recording and transcription, nothing else', async () => {
  const { sandbox, client } = openWith();
  const { id } = await createCall(client, CALLS.truedy);
  await updateCall(client, id, { settings: { recordingEnabled: false, transcriptionEnabled: false } });
  assert.deepEqual(sandbox.requests.at(-1).json, { call_settings: { recording_enabled: false, transcription_enabled: false } });
  for (const [changes, path] of [[{}, ''], [{ settings: {} }, ''], [{ settings: { recordingEnabled: null } }, ''], [{ settings: { greeting: 'hi' } }, 'settings.greeting'], [{ status: 'failed' }, 'status'], [{ context: 'x' }, 'context']]) {
    const error = await failure(updateCall(client, id, changes));
    assert.equal(error.code, 'invalid_input');
    assert.ok(error.issues.some((issue) => issue.path === path), JSON.stringify(error.issues));
  }
});

test('a call that goes on cannot be removed, and a bulk removal says so of each', async () => {
  const { client } = openWith({ calls: many(3) });
  const { id } = await createCall(client, CALLS.truedy);
  assert.equal((await failure(deleteCall(client, id))).code, 'rejected');
  const { deletedIds, failedIds } = await deleteCalls(client, [idOf(0), id, idOf(7), idOf(2)]);
  assert.deepEqual([deletedIds.sort(), failedIds.sort()], [[idOf(0), idOf(2)], [id, idOf(7)].sort()]);
});

test('250 calls are removed in three requests and reported as one', async () => {
  const { sandbox, client } = openWith({ calls: many(250) });
  const ids = many(250).map(({ id }) => id);
  const { deletedIds, failedIds } = await deleteCalls(client, ids);
  assert.deepEqual([deletedIds, failedIds], [ids, []]);
  assert.deepEqual(sandbox.requests.map(({ json }) => json.ids.length), [100, 100, 50]);
  assert.equal(sandbox.created.calls, 0);
});

test('a bulk removal that fails half way says what is gone', async () => {
  const { sandbox, client } = openWith({ calls: many(250) });
  sandbox.faults([{ kind: 'status', status: 500, skip: 1 }]);
  const error = await failure(deleteCalls(client, many(250).map(({ id }) => id)));
  assert.deepEqual([error.code, error.details.deletedIds.length, sandbox.created.calls], ['provider_error', 100, 150]);
});

test('a recording or a transcript that is not there is not_found, and the message says why it may be missing', async () => {
  const { sandbox, client, id } = await ended({ settings: { recordingEnabled: false, transcriptionEnabled: false } });
  const recording = await failure(getRecording(client, id));
  assert.deepEqual([recording.code, recording.status, recording.attempts], ['not_found', 404, 1]);
  assert.match(recording.message, /not recorded/);
  const transcript = await failure(getTranscript(client, id));
  assert.equal(transcript.code, 'not_found');
  assert.match(transcript.message, /not ready yet/);
  assert.match(transcript.message, /not transcribed/);
  assert.equal(sandbox.requests.length, 3);
});

test('a placed call that failed at once is a call of status failed, with its reason', async () => {
  const { sandbox, client } = openWith();
  const call = await createCall(client, { ...CALLS.truedy, phoneNumber: '+14155550503' });
  assert.equal(call.status, 'failed');
  assert.match(call.lastError, /503/);
  assert.equal(sandbox.created.calls, 1);
});

test('every ending has its word', async () => {
  const { sandbox, client } = open('truedy', { clock: 'manual' });
  const endings = { '+14155550404': 'failed', '+14155550480': 'no_answer', '+14155550486': 'busy', '+14155550860': 'voicemail', [NUMBER]: 'completed' };
  const ids = await Promise.all(Object.keys(endings).map(async (phoneNumber) => (await createCall(client, { ...CALLS.truedy, phoneNumber })).id));
  sandbox.advance(120_000);
  assert.deepEqual(await Promise.all(ids.map(async (id) => (await getCall(client, id)).status)), Object.values(endings));
});

test('an id can be anything and never changes the path', async () => {
  const { sandbox, client } = openWith();
  for (const id of ['../contacts', 'a/b?c#d', 'é ü', '%2e%2e', 'call x', '@evil.example']) {
    assert.equal((await failure(getCall(client, id))).code, 'not_found');
    const { pathname, host } = new URL(sandbox.requests.at(-1).url);
    assert.deepEqual([host, pathname], ['api.truedy.ai', `/api/public/v1/calls/${encodeURIComponent(id)}`]);
  }
  const { length } = sandbox.requests;
  for (const id of ['.', '..', '', undefined, 7]) assert.equal((await failure(getCall(client, id))).code, 'invalid_input', `${id}`);
  assert.equal(sandbox.requests.length, length);
});
