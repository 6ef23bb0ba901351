import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../server/protocol/people.ts';
import { MailSink } from '../support/MailSink.ts';
import { PeoplePages } from '../support/PeoplePages.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { withoutFault } from '../support/withoutFault.ts';

const PASSWORD = 'correct horse battery';

describe('the notices in the settings', { timeout: 60_000 }, () => {
  let sink: MailSink;
  let app: RunningApp;
  let somebody: Somebody;
  let ana: Visitor;
  let pages: PeoplePages;

  beforeAll(async () => {
    sink = await MailSink.open();
    app = await startApp({ SMTP_URL: sink.url });
    somebody = await Somebody.create(app, 'ana');
    ana = await Visitor.come(app.url, 'Ana');
    pages = new PeoplePages(ana, app.url);
    await pages.signIn('ana', PASSWORD);
  }, 60_000);
  afterEach(() => ana.hasNoComplaints());
  afterAll(async () => {
    await ana?.close();
    await app?.close();
    await sink?.close();
  });

  const settings = async (): Promise<User['settings']> =>
    (await somebody.read<User>('/users/me')).settings;

  it('take an address, and ask what is to be mailed', async () => {
    await ana.page.goto(`${app.url}/settings`);
    const part = ana.page.getByRole('region', { name: 'Notices' });
    const address = part.getByRole('textbox', { name: 'Mail address' });
    await address.fill('ana');
    await part.getByRole('button', { name: 'Save address' }).click();
    await part.getByText('This is no mail address.').waitFor();
    await address.fill('ana@example.org');
    await part.getByRole('button', { name: 'Save address' }).click();
    await part.getByRole('switch', { name: 'Mail me new messages' }).waitFor();
    await part.getByRole('switch', { name: 'Attach the sound' }).click();
    const kept = await waitFor('it is kept', settings, ({ mailSound }) => mailSound);
    expect(kept).toMatchObject({
      mailAddress: 'ana@example.org',
      mailMessages: true,
      mailReads: false,
    });
    await withoutFault(ana);
    await pages.fitsNarrow();
    await address.fill('');
    await part.getByRole('button', { name: 'Save address' }).click();
    await waitFor('it is gone', settings, ({ mailAddress }) => mailAddress === null);
    await part.getByRole('switch', { name: 'Mail me new messages' }).waitFor({ state: 'detached' });
  });
});
