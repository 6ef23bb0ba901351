import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clientRequests } from '../../server/protocol/signaling.ts';
import { CallParty } from '../support/guards/CallParty.ts';
import type { Which } from '../support/guards/objects.ts';
import { SocketScene } from '../support/guards/SocketScene.ts';
import { MESSAGES, SOCKET_ASKERS } from '../support/guards/socketTable.ts';
import { Refusal } from '../support/rawClient.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** Every message, from every kind of socket, for what is theirs, somebody else's, or not there. */

const SHORT: Readonly<Record<string, string>> = {
  wrong_state: 'state',
  not_found: 'none',
  forbidden: 'no',
  unauthorized: 'who',
};
const askers = Object.keys(SOCKET_ASKERS);

let running: RunningApp;
let party: CallParty;

beforeAll(async () => {
  running = await startApp({ TRUST_PROXY: 'loopback', ROOMS: 'members' });
  party = new CallParty(running);
});
afterAll(() => running.close());
afterEach(() => party.close());

interface Told {
  readonly answer: string;
  readonly words: string;
}

const told = async (message: string, row: string, asker: string): Promise<Told> => {
  const scene = new SocketScene(running, party);
  const client = await SOCKET_ASKERS[asker]!(scene);
  const data = (await MESSAGES[message]!.data?.(scene, client, row as Which)) ?? {};
  const [method = ''] = message.split(' ');
  try {
    await client.requestAnything(method, data);
    return { answer: 'ok', words: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { answer: SHORT[error.code] ?? error.code, words: error.message };
  } finally {
    await party.close();
  }
};

describe('who may do what, by message', () => {
  test('is written down for every message there is', () => {
    const written = new Set(Object.keys(MESSAGES).map((key) => key.split(' ')[0]));
    expect(written).toEqual(new Set(Object.keys(clientRequests)));
  });

  test.each(Object.keys(MESSAGES))(
    '%s',
    async (message) => {
      const { rows } = MESSAGES[message]!;
      const wrong: string[] = [];
      const answers = new Map<string, Told>();
      for (const [row, line] of Object.entries(rows)) {
        const expected = line.split(/\s+/);
        expect(expected).toHaveLength(askers.length);
        for (const [at, asker] of askers.entries()) {
          const got = await told(message, row, asker);
          answers.set(`${row} ${asker}`, got);
          if (got.answer !== expected[at]) {
            wrong.push(`${row}, ${asker}: ${got.answer} (${got.words}), not ${expected[at]}`);
          }
        }
      }
      for (const asker of askers) {
        const [foreign, absent] = [answers.get(`foreign ${asker}`), answers.get(`absent ${asker}`)];
        const isClosed = foreign !== undefined && foreign.answer !== 'ok';
        if (isClosed && foreign.words !== absent?.words)
          wrong.push(`${asker} can tell the two apart`);
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});
