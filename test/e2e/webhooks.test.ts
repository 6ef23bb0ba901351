import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PeoplePages } from '../support/PeoplePages.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WebhookReceiver } from '../support/WebhookReceiver.ts';
import { withoutFault } from '../support/withoutFault.ts';

const PASSWORD = 'correct horse battery';

describe('webhooks on the admin page', { timeout: 60_000 }, () => {
  let receiver: WebhookReceiver;
  let app: RunningApp;
  let ana: Visitor;
  let pages: PeoplePages;

  beforeAll(async () => {
    receiver = await WebhookReceiver.open();
    app = await startApp({}, { webhookNetwork: receiver.network });
    await Somebody.create(app, 'ana');
    await fetch(`${app.url}/api/v1/users/ana`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'admin' }),
    });
    ana = await Visitor.come(app.url, 'Ana');
    await ana.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    pages = new PeoplePages(ana, app.url);
    await pages.signIn('ana', PASSWORD);
  }, 60_000);
  afterEach(() => ana.hasNoComplaints());
  afterAll(async () => {
    await ana?.close();
    await app?.close();
    await receiver?.close();
  });

  it('are added, with a secret that is shown once, tested and deleted', async () => {
    await pages.open('/admin');
    const part = pages.part('Webhooks');
    const add = part.getByRole('button', { name: 'Add webhook' });
    await pages.field('Address', part).fill('https://127.0.0.1/hook');
    await add.click();
    await pages.says('It has to be the https address of a server on the internet.');
    pages.wasRefused(400);
    await pages.field('Address', part).fill(receiver.url);
    await part.getByRole('checkbox', { name: 'Somebody joins' }).uncheck();
    await add.click();
    const secret = await pages.field('The secret of the new webhook', part).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await part.getByRole('button', { name: 'Copy' }).click();
    await waitFor(
      'it is copied',
      () => ana.page.evaluate(() => navigator.clipboard.readText()),
      (copied) => copied === secret,
    );
    await pages.lists('Webhooks', [/Told of 10 kinds of events/]);
    await part.getByRole('button', { name: /^Test / }).click();
    await part
      .getByRole('list', { name: /^Deliveries to/ })
      .getByText(/Delivered \(204/)
      .waitFor();
    expect(receiver.types).toEqual(['test']);
    await withoutFault(ana);
    await pages.fitsNarrow();
    await pages.open('/admin');
    await part.getByRole('button', { name: /^Delete / }).click();
    await pages.says('Webhook deleted.');
    expect(await part.innerHTML()).not.toContain(secret);
  });
});
