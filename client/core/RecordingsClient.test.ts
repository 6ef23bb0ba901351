import { expect, it, vi } from 'vitest';
import { RecordingsClient } from './RecordingsClient.ts';

it('lists and shares recordings with the credentials it is given, and no others', async () => {
  const fetch = vi
    .fn<typeof globalThis.fetch>()
    .mockImplementation(() => Promise.resolve(Response.json({ items: [], nextCursor: null })));
  const client = new RecordingsClient({ origin: 'http://test', fetch });
  await client.list('secret', { room: 'größe', limit: 5 });
  expect(fetch.mock.calls[0]![0]).toBe(
    'http://test/api/v1/recordings?room=gr%C3%B6%C3%9Fe&limit=5',
  );
  expect(fetch.mock.calls[0]![1]).toMatchObject({ headers: { authorization: 'Bearer secret' } });
  await client.share('rec_1', 'secret', { expiresInSeconds: 60 });
  expect(fetch.mock.calls[1]![0]).toBe('http://test/api/v1/recordings/rec_1/shares');
  expect(fetch.mock.calls[1]![1]).toMatchObject({
    method: 'POST',
    headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    body: '{"expiresInSeconds":60}',
  });
  await client.shared('other');
  expect(fetch.mock.calls[2]![1]).toMatchObject({ headers: {} });
});
