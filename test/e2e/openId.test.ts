import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionResource } from '../../server/protocol/people.ts';
import { LoginProvider } from '../support/LoginProvider.ts';
import { PeoplePages } from '../support/PeoplePages.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { withoutFault } from '../support/withoutFault.ts';

let provider: LoginProvider;
let running: RunningApp;
let visitor: Visitor;
/** To browsers another site than the provider's, which is at `localhost`. */
let url: string;

beforeAll(async () => {
  // It warns of being one for tests.
  for (const level of ['warn', 'info'] as const) vi.spyOn(console, level).mockReturnValue();
  provider = await LoginProvider.create({ ana: { name: 'Ana Berg', preferred_username: 'ana' } });
  const { issuer, clientId, clientSecret, name } = provider.config;
  running = await startApp({
    OPENID_ISSUER: issuer,
    OPENID_CLIENT_ID: clientId,
    OPENID_CLIENT_SECRET: clientSecret,
    OPENID_NAME: name,
  });
  url = running.url.replace('localhost', '127.0.0.1');
  await provider.start(url);
  visitor = await Visitor.come(url, 'Ana');
});
afterAll(async () => {
  await visitor.close();
  await running.close();
  await provider.stop();
});

/** What the page itself is told: by a request that it makes, with the cookies it may send. */
const session = (): Promise<SessionResource> =>
  visitor.page.evaluate(async () => {
    const response = await fetch('/api/v1/session');
    return (await response.json()) as SessionResource;
  });
const signOut = async (): Promise<void> => {
  await new PeoplePages(visitor, url).account('Ana Berg').click();
  await visitor.press('Sign out');
  await visitor.page.getByRole('link', { name: 'Sign in' }).waitFor();
};
const setOut = async (): Promise<void> => {
  await visitor.page.goto(`${url}/signin?then=%2Frecordings`);
  await visitor.page
    .getByRole('link', { name: `Sign in with ${provider.config.name}`, exact: true })
    .click();
};

describe('in a browser', () => {
  /** The provider's pages have complaints of their own. */
  afterEach(() => {
    const { complaints } = visitor.browser;
    complaints.splice(0, complaints.length, ...complaints.filter((words) => words.includes(url)));
    visitor.hasNoComplaints();
  });

  it('who typed their password at the provider is signed in on the page they wanted', async () => {
    await setOut();
    const { page } = visitor;
    await page.getByPlaceholder('Enter any login').fill('ana');
    await page.getByPlaceholder('and password').fill('sesame');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${url}/recordings`);
    expect((await session()).user).toMatchObject({ name: 'ana', displayName: 'Ana Berg' });
  });

  it('who is known at the provider still has nothing to type', async () => {
    await signOut();
    expect((await session()).user).toBeNull();
    await setOut();
    await visitor.page.waitForURL(`${url}/recordings`);
    expect((await session()).user).toMatchObject({ name: 'ana' });
  });

  it('who comes back without having signed in is told so', async () => {
    await signOut();
    await visitor.page.goto(`${url}/api/v1/openid/callback?error=access_denied`);
    await visitor.isTold('Signing in with Staff did not work.');
    await withoutFault(visitor);
    expect((await session()).user).toBeNull();
  });
});
