import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestPeople } from '../support/people.ts';
import { ANA } from '../support/personas.ts';
import { RecordingPage } from '../support/RecordingPage.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

const LENGTH_MS = 1_500;

describe('what somebody recorded who was signed in', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let here: Visitor;
  let elsewhere: Visitor;

  beforeAll(async () => {
    app = await startApp();
    const people = new TestPeople(app);
    const api = new RecordingApi(app);
    await people.create('Ana');
    [here, elsewhere] = [await Visitor.comeAs(app.url, ANA), await Visitor.come(app.url, 'Ana')];
    await people.signIn(here);
    await people.signIn(elsewhere);
    await here.enter('den-of-ana');
    const { id } = await api.start('den-of-ana');
    await waitFor(
      'enough is recorded',
      () => api.get(id),
      (now) => now.durationMs >= LENGTH_MS,
    );
    await api.stop(id);
    await waitFor(
      'the recording is ready',
      () => api.get(id),
      ({ state }) => state === 'ready',
    );
    await here.press('Leave');
  }, 120_000);

  afterAll(async () => {
    for (const visitor of [here, elsewhere]) await visitor?.close();
    await app?.close();
  });

  it('is on every device of theirs', async () => {
    const pages = new RecordingPage(elsewhere);
    await pages.openList(app.url);
    await pages.shows(1);
    await pages.rows.getByRole('link').first().click();
    await elsewhere.page.getByRole('heading', { name: 'Download' }).waitFor();
  });

  it('is listed once where its room was started, too', async () => {
    const pages = new RecordingPage(here);
    await pages.openList(app.url);
    await pages.shows(1);
  });

  it('is nobody else’s', async () => {
    const stranger = await Visitor.come(app.url, 'Sue');
    await stranger.page.goto(`${app.url}/recordings`);
    await stranger.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await new RecordingPage(stranger).rows.count()).toBe(0);
    stranger.hasNoComplaints();
    await stranger.close();
  });
});
