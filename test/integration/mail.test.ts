import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { User } from '../../server/protocol/people.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MailSink } from '../support/MailSink.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { toneIn } from '../support/pitch.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** People are told of their messages by mail, through a real server of mail. */

const TONE_HZ = 700;
const OTHERS_HZ = [440, 1_000, 1_500];

let sink: MailSink;
let running: RunningApp;
let ana: Somebody;
let callers = 0;

beforeAll(async () => {
  sink = await MailSink.open();
  running = await startApp(
    { SMTP_URL: sink.url, PUBLIC_URL: 'https://meet.example' },
    { sounds: shortSounds },
  );
  ana = await Somebody.create(running, 'ana');
});
afterAll(async () => {
  await running.close();
  await sink.close();
});
beforeEach(async () => {
  sink.mails.splice(0);
  sink.attempts = 0;
  await ana.set({
    availability: 'doNotDisturb',
    timeZone: 'Europe/Berlin',
    mailAddress: 'ana@example.org',
    mailMessages: true,
    mailSound: false,
    mailReads: false,
  });
});

const leave = async (
  name: string,
  { ms = 2_200, ...more }: { urgent?: boolean; note?: string; ms?: number } = {},
): Promise<MessageCaller['messageId']> => {
  callers += 1;
  const localAddress = `127.0.2.${callers}`;
  const caller = await MessageCaller.call(running, {
    to: 'ana',
    name,
    toneHz: TONE_HZ,
    localAddress,
  });
  try {
    await caller.speaks(ms);
    await caller.sends(more);
    return caller.messageId;
  } finally {
    await caller.close();
  }
};
const messageOf = (id: string): Promise<Voicemail> => ana.read(`/voicemails/${id}`);

describe('a mail', () => {
  test('says who, when and how long, and where to listen, and nothing of it is taken for more', async () => {
    const name = 'Greta" <b>boss@evil.example</b>';
    const id = await leave(name, { urgent: true, note: 'About <i>tomorrow</i>' });
    const mail = await sink.mail(1);
    expect(mail.subject).toMatch(
      /^Urgent: Voicemail from Greta" <b>boss@evil\.example<\/b> \(0:0[23]\)$/,
    );
    expect(mail.to).toMatchObject({ value: [{ address: 'ana@example.org', name: 'Ana' }] });
    expect(mail.from).toMatchObject({ value: [{ address: 'roomtone@meet.example' }] });
    expect(mail.messageId).toBe(`<${id}@meet.example>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text).toContain(`https://meet.example/voicemail?message=${id}`);
    expect(mail.text).toContain('About <i>tomorrow</i>');
    expect(mail.html).toContain('About &lt;i&gt;tomorrow&lt;/i&gt;');
    expect(mail.html).not.toContain('<b>');
    expect(mail.attachments).toEqual([]);
    expect((await messageOf(id)).readAt).toBeNull();
  }, 60_000);

  test('brings the sound, and counts it as heard, for who wants that', async () => {
    await ana.set({ mailSound: true, mailReads: true });
    const id = await leave('Greta', { ms: 3_000 });
    const { attachments } = await sink.mail(1);
    expect(attachments.map(({ contentType, filename }) => [contentType, filename])).toEqual([
      ['audio/mp4', 'message.m4a'],
    ]);
    const { hz, fromMs, toMs } = toneIn(attachments[0]!.content, [TONE_HZ, ...OTHERS_HZ]);
    expect(hz).toBe(TONE_HZ);
    expect(toMs - fromMs).toBeGreaterThan(2_500);
    await waitFor(
      'it counts as heard',
      () => messageOf(id),
      ({ readAt }) => readAt !== null,
    );
  }, 60_000);

  test('is sent again while the server of the mail says later, and once', async () => {
    sink.refusals.push(451, 421);
    await leave('Greta');
    await sink.mail(1);
    expect(sink.attempts).toBe(3);
    expect(sink.mails).toHaveLength(1);
  }, 60_000);

  test('is given up when the server of the mail says no; the message stays', async () => {
    sink.refusals.push(550);
    const id = await leave('Greta');
    await waitFor(
      'it was tried',
      () => sink.attempts,
      (attempts) => attempts === 1,
    );
    // The next one is not held up by it, and comes after it.
    await leave('Gustav');
    expect((await sink.mail(1)).subject).toContain('Gustav');
    expect(sink.attempts).toBe(2);
    expect((await messageOf(id)).id).toBe(id);
  }, 60_000);

  test('is not sent to who does not want it', async () => {
    await ana.set({ mailMessages: false });
    await leave('Greta');
    await ana.set({ mailMessages: true });
    await leave('Gustav');
    expect((await sink.mail(1)).subject).toContain('Gustav');
    expect(sink.attempts).toBe(1);
  }, 60_000);

  test.for(['ana', 'ana@', 'ana@example.org\r\nBcc: all@example.org', 'a b@example.org'])(
    'goes to no address like %j',
    async (mailAddress) => {
      const response = await ana.rest('PATCH', '/users/me', { settings: { mailAddress } });
      expect(response.status).toBe(400);
    },
  );

  test('address is seen by nobody else', async () => {
    const ben = await Somebody.create(running, 'ben');
    const { items } = await ben.read<{ items: object[] }>('/people');
    expect(JSON.stringify(items)).toContain('Ana');
    expect(JSON.stringify(items)).not.toContain('example.org');
    const { url, adminKey } = running;
    const response = await fetch(`${url}/api/v1/users/ana`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(((await response.json()) as User).settings.mailAddress).toBeNull();
    expect((await ana.read<User>('/users/me')).settings.mailAddress).toBe('ana@example.org');
  });

  test('is nobody else’s to choose, or administrators would hear what is not theirs', async () => {
    const { accounts } = running.app.people;
    const chief = await Somebody.create(running, 'chief');
    const account = (await accounts.all()).find(({ name }) => name === 'chief')!;
    await accounts.update(account.id, { role: 'admin' });
    const settings = { mailAddress: 'chief@example.org' };
    const refused = await chief.rest('PATCH', '/users/ana', { settings });
    expect(refused.status).toBe(403);
    expect((await chief.rest('PATCH', '/users/me', { settings })).status).toBe(200);
  });
});
