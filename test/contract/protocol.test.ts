import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoomRequestName } from '../../server/protocol/signaling.ts';
import { RawClient, type Refusal } from '../support/rawClient.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { newRoom, type Joined, type Row } from './requestRow.ts';
import { requestTable, someSecret } from './requestTable.ts';

/** Every request of the protocol: used as meant, used wrongly, used at the wrong time. */

let running: RunningApp;

const enter = async (room = newRoom()): Promise<Joined> => ({
  ...(await RawClient.join(running.url, room)),
  enter,
});

beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.close());

describe.each(Object.keys(requestTable) as RoomRequestName[])('%s', (name) => {
  const row: Row<RoomRequestName> = requestTable[name];

  test('used as meant is answered by its schema', async () => {
    const joined = await enter();
    const data = await row.valid(joined);
    const entering = name === 'join' || name === 'resume';
    const client = entering ? await RawClient.open(running.url) : joined.client;
    // The client holds the reply against the schema.
    await expect(client.request(name, data)).resolves.toBeDefined();
  });

  test.each(row.invalid.map((data, index) => [index, data]))(
    'malformed data %i is a bad request',
    async (_, data) => {
      const client = await RawClient.open(running.url);
      await expect(client.requestAnything(name, data)).rejects.toMatchObject({
        code: 'bad_request',
        status: 400,
      });
      await client.settled();
      await client.close();
    },
  );

  test(`before joining: ${row.unjoined}`, async () => {
    const client = await RawClient.open(running.url);
    const data = name === 'resume' ? { resumeToken: someSecret } : await row.valid(await enter());
    const answer = client.request(name, data);
    const outcome = await answer.then(
      () => 'answered',
      (refusal: Refusal) => refusal.code,
    );
    expect(outcome).toBe(row.unjoined);
    await client.close();
  });

  test.each(Object.entries(row.refused ?? {}))('%s is refused', async (_, { code, data }) => {
    const joined = await enter();
    const asked = await data(joined);
    await expect(joined.client.request(name, asked)).rejects.toMatchObject({ code });
    await joined.client.settled();
  });
});
