import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PublicAgent, type Resolve } from '../../server/base/PublicAgent.ts';
import { PushSender } from '../../server/push/PushSender.ts';
import { newId } from '../../server/protocol/ids.ts';
import { ADMIN_KEY, httpOnly, VAPID, type HttpOnly } from '../support/httpOnly.ts';
import { PushBrowser } from '../support/PushBrowser.ts';
import { PushService } from '../support/PushService.ts';
import { Somebody } from '../support/Somebody.ts';

/** Whoever subscribes says where our server is to send: never into its own network. */
let service: PushService;
beforeAll(async () => {
  service = await PushService.open();
});
afterAll(() => service.close());

describe('a subscription in our own network is refused', () => {
  let edge: HttpOnly;
  let ana: Somebody;
  beforeAll(async () => {
    edge = await httpOnly();
    const url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
    ana = await Somebody.create({ url, adminKey: ADMIN_KEY }, 'ana');
  });
  afterAll(() => edge.app.close());

  it.each([
    'localhost',
    'localhost.',
    '127.0.0.1',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'there-is-no-such-host.invalid',
  ])('%s', async (host) => {
    const before = service.connections;
    const browser = new PushBrowser(`https://${host}:${service.port}/push`);
    const response = await ana.rest('POST', '/push', browser.toJSON());
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ pointer: '/endpoint', message: 'must be an https address on the internet' }],
    });
    expect(service.connections).toBe(before);
  });
});

describe('a host that was on the internet when it was asked about', () => {
  let address = '';
  let before: number;
  const resolve: Resolve = (_, __, callback) => {
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
  const lookup: LookupFunction = (name, options, callback) => {
    resolve(name, { ...options, all: true }, callback);
  };
  const named = 'push.example';
  beforeEach(() => {
    before = service.connections;
  });

  /** What came of sending there. */
  const sendTo = async (host: string, agent: Agent = new PublicAgent(resolve)): Promise<string> => {
    const { endpoint, keys } = new PushBrowser(`https://${host}:${service.port}/push`).toJSON();
    const to = { endpoint, ...keys, createdAt: 0 };
    const ids = { id: newId('push'), userId: newId('user'), signInId: newId('signin') };
    const sender = new PushSender({ vapid: VAPID, subject: 'mailto:a@example.org', agent });
    const message = { kind: 'callEnded', callId: newId('call'), missed: false, page: '/' } as const;
    const from = { name: null, displayName: 'Ben' };
    return sender
      .send({ ...ids, ...to }, { ...message, from }, { ttlSeconds: 1, urgency: 'high', topic: 'a' })
      .catch((error: unknown) => String(error));
  };

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '::1', '169.254.169.254'])(
    'is not connected to at %s',
    async (answer) => {
      address = answer;
      expect(await sendTo(named)).toContain('PrivateAddressError');
      expect(service.connections).toBe(before);
    },
  );

  it('would be connected to otherwise', async () => {
    address = '127.0.0.1';
    expect(await sendTo(named, new Agent({ lookup }))).toContain('certificate');
    expect(service.connections).toBe(before + 1);
  });

  it.each(['127.0.0.1', '[::ffff:127.0.0.1]', '[::1]'])(
    'nor is %s connected to, which nobody has to look up',
    async (host) => {
      expect(await sendTo(host)).toContain('PrivateAddressError');
      expect(service.connections).toBe(before);
    },
  );
});
