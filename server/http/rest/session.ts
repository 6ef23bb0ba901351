import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Account } from '../../accounts/Account.ts';
import type { People } from '../../accounts/People.ts';
import { AppError } from '../../base/AppError.ts';
import { CredentialsSchema, SessionSchema, type SessionResource } from '../../protocol/people.ts';
import { deviceOf } from '../deviceOf.ts';
import type { PasswordGuard } from '../PasswordGuard.ts';
import { clearSession, setSession } from '../sessionCookie.ts';
import { identityOf, type Access } from './Access.ts';
import { userResource } from './peopleResources.ts';
import { BODY_PROBLEMS, problems } from './problems.ts';

export interface SessionRoutesOptions {
  readonly people: People;
  readonly access: Access;
  readonly guard: PasswordGuard;
  /** The name of the provider of OpenID Connect, when there is one. */
  readonly openId: string | null;
  /** Can people be told by mail? */
  readonly mail: boolean;
}

const tags = ['session'];

/** This browser is somebody's from now on, and nobody else's. */
export const signIn = async (
  people: People,
  account: Account,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const { signIns } = people;
  const before = await identityOf(request, people);
  const { signIn: started, secret } = await signIns.start(account, deviceOf(request));
  if (before) await signIns.endOwn(before.signIn);
  setSession(request, reply, { secret, expiresAt: started.expiresAt });
};

export const sessionRoutes: FastifyPluginCallbackTypebox<SessionRoutesOptions> = (
  app,
  { people, access, guard, openId, mail },
  done,
) => {
  const { accounts, signIns } = people;
  const resourceOf = (account: Account | undefined): SessionResource => ({
    user: account ? userResource(account) : null,
    openId,
    mail,
  });

  app.get(
    '/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'Who is signed in in this browser, if anybody is.',
        tags,
        response: { 200: SessionSchema, ...problems() },
      },
    },
    async (request) => resourceOf((await access.identity(request))?.account),
  );

  app.post(
    '/session',
    {
      schema: {
        operationId: 'signIn',
        summary: 'Sign in with name and password. The answer sets the cookie.',
        tags,
        body: CredentialsSchema,
        response: {
          201: SessionSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { userName, password } = request.body;
      guard.check(request.ip, userName);
      guard.spend(request.ip, userName);
      const account = await accounts.whose(userName, password);
      if (!account) throw new AppError('unauthorized', 'Name or password is wrong.');
      guard.pass(request.ip, userName);
      await signIn(people, account, request, reply);
      return reply.code(201).send(resourceOf(account));
    },
  );

  app.delete(
    '/session',
    {
      schema: {
        operationId: 'signOut',
        summary: 'Sign out in this browser. Nobody being signed in is fine.',
        tags,
        response: { 204: Type.Null({ description: 'Signed out.' }), ...problems('forbidden') },
      },
    },
    async (request, reply) => {
      const identity = await access.identity(request);
      if (identity) await signIns.endOwn(identity.signIn);
      clearSession(request, reply);
      return reply.code(204).send(null);
    },
  );

  done();
};
