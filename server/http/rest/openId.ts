import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { OpenIdSignIn } from '../../accounts/OpenIdSignIn.ts';
import type { People } from '../../accounts/People.ts';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { Allowance } from '../Allowance.ts';
import { clearJourney, journeyOf, setJourney } from '../openIdCookie.ts';
import { ownPath } from '../ownPath.ts';
import type { Access } from './Access.ts';
import { originOf } from './originOf.ts';
import { problems } from './problems.ts';
import { signIn } from './session.ts';

/** What reaches the provider from one address: enough for a school behind one. */
const ATTEMPTS = { times: 300, windowMs: 600_000 };
const CALLBACK = '/openid/callback';

export interface OpenIdRoutesOptions {
  readonly people: People;
  readonly access: Access;
  readonly clock: Clock;
  readonly publicUrl: string | undefined;
  /** Undefined: there is no provider. */
  readonly openIdSignIn: OpenIdSignIn | undefined;
}

const tags = ['session'];
const redirect = Type.Null({
  description: 'To the provider, to the page that was asked for, or to `/signin?problem=openid`.',
});

export const openIdRoutes: FastifyPluginCallbackTypebox<OpenIdRoutesOptions> = (
  app,
  { people, access, clock, publicUrl, openIdSignIn },
  done,
) => {
  const attempts = new Allowance({ ...ATTEMPTS, clock });
  const existing = (): OpenIdSignIn => {
    if (openIdSignIn) return openIdSignIn;
    throw new AppError('not_found', 'There is no provider to sign in with.');
  };
  const spend = ({ ip }: FastifyRequest): void => {
    attempts.check(ip);
    attempts.spend(ip);
  };
  const redirectUri = (request: FastifyRequest): string =>
    `${originOf(request, publicUrl)}${app.prefix}${CALLBACK}`;

  app.get(
    '/openid/start',
    {
      schema: {
        operationId: 'startOpenId',
        summary: 'Sign in at the provider of OpenID Connect: a page for browsers, which come back.',
        tags,
        querystring: Type.Object({
          // oxlint-disable-next-line unicorn/no-thenable -- nobody awaits a query
          then: Type.Optional(
            Type.String({ description: 'The page to show afterwards: a path of this server.' }),
          ),
        }),
        response: { 303: redirect, ...problems('bad_request', 'not_found') },
      },
    },
    async (request, reply) => {
      const provider = existing();
      const page = ownPath(request.query.then);
      return orProblem(request, reply, page, async () => {
        spend(request);
        const identity = await access.identity(request);
        const { url, ...journey } = await provider.begin({
          redirectUri: redirectUri(request),
          page,
          // Coming back, the browser does not show it: that page is another site's doing.
          ...(identity && {
            before: { userId: identity.account.id, signInId: identity.signIn.id },
          }),
        });
        setJourney(request, reply, journey);
        return url;
      });
    },
  );

  app.get(
    CALLBACK,
    {
      schema: {
        operationId: 'finishOpenId',
        summary: 'Where the provider sends browsers back to. The answer sets the cookie.',
        tags,
        response: { 303: redirect, ...problems('not_found') },
      },
    },
    async (request, reply) => {
      const provider = existing();
      const sealed = journeyOf(request);
      clearJourney(request, reply);
      const journey = sealed === undefined ? undefined : await provider.open(sealed);
      const page = ownPath(journey?.page);
      return orProblem(request, reply, page, async () => {
        if (!journey) throw new AppError('unauthorized', 'Nobody set out from here, or long ago.');
        spend(request);
        const returnedTo = new URL(redirectUri(request));
        returnedTo.search = new URL(request.url, returnedTo).search;
        const account = await provider.finish(journey, returnedTo);
        if (journey.before) await endBefore(people, journey.before);
        await signIn(people, account, request, reply);
        return page;
      });
    },
  );

  done();
};

type Before = Parameters<OpenIdSignIn['begin']>[0]['before'] & {};

/** It may have ended meanwhile. */
const endBefore = async ({ signIns }: People, { userId, signInId }: Before): Promise<void> => {
  const all = await signIns.of(userId);
  if (all.some(({ id }) => id === signInId)) await signIns.end(userId, signInId);
};

/** People come here with a browser: they get a page whatever happens. */
const orProblem = async (
  request: FastifyRequest,
  reply: FastifyReply,
  page: string,
  work: () => Promise<string>,
): Promise<FastifyReply> => {
  try {
    return reply.redirect(await work(), 303);
  } catch (error) {
    if (error instanceof AppError) request.log.warn({ reason: error.message }, 'sign-in failed');
    else request.log.error({ err: error }, 'unexpected error');
    const query = new URLSearchParams({ problem: 'openid' });
    if (page !== '/') query.set('then', page);
    return reply.redirect(`/signin?${query}`, 303);
  }
};
