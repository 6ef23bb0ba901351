import { describe, expect, it, vi } from 'vitest';
import { RestClient } from './RestClient.ts';

const respond = (status: number, body: unknown) => {
  const fetch = vi
    .fn<typeof globalThis.fetch>()
    .mockImplementation(() => Promise.resolve(Response.json(body, { status })));
  return { fetch, client: new RestClient({ origin: 'http://test', fetch }) };
};

describe('RestClient', () => {
  it('asks for rooms page by page', async () => {
    const page = { items: [], nextCursor: null };
    const { fetch, client } = respond(200, page);
    await expect(client.listRooms({ cursor: 'a b', limit: 5 })).resolves.toEqual(page);
    expect(fetch.mock.calls[0]![0]).toBe('http://test/api/v1/rooms?cursor=a+b&limit=5');
  });

  it('makes a room', async () => {
    const { fetch, client } = respond(201, { name: 'garden', ownerSecret: 's' });
    await expect(client.createRoom({ listed: true })).resolves.toMatchObject({ ownerSecret: 's' });
    expect(fetch.mock.calls[0]![1]).toMatchObject({ method: 'POST', body: '{"listed":true}' });
  });

  it('spells names so that they stay names', async () => {
    const { fetch, client } = respond(200, {});
    await client.getRoom('größe/../x');
    expect(fetch.mock.calls[0]![0]).toBe('http://test/api/v1/rooms/gr%C3%B6%C3%9Fe%2F..%2Fx');
  });

  it('shows nobody any credentials', async () => {
    const { fetch, client } = respond(200, {});
    await client.getRoom('garden');
    expect(fetch.mock.calls[0]![1]).toMatchObject({ headers: {} });
  });

  it('rejects with the problem of the server', async () => {
    const { client } = respond(404, { code: 'not_found', detail: 'No such room' });
    await expect(client.getRoom('x')).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      message: 'No such room',
    });
  });

  it('rejects with what can be known of an answer that is no problem document', async () => {
    const html = new Response('<html>', { status: 502, statusText: 'Bad Gateway' });
    const fetch = vi.fn<typeof globalThis.fetch>().mockResolvedValue(html);
    await expect(new RestClient({ fetch }).listRooms()).rejects.toMatchObject({
      code: 'internal',
      status: 502,
    });
  });

  it('says when there is no server', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue(new TypeError('failed'));
    await expect(new RestClient({ fetch }).listRooms()).rejects.toMatchObject({ code: 'offline' });
  });
});
