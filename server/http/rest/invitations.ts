import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { People } from '../../accounts/People.ts';
import type { Clock } from '../../base/Clock.ts';
import { InvitationIdSchema } from '../../protocol/ids.ts';
import {
  AcceptedInvitationSchema,
  CreatedInvitationSchema,
  InvitationPageSchema,
  InvitationSchema,
  NewInvitationSchema,
  OpenedInvitationSchema,
  SessionSchema,
} from '../../protocol/people.ts';
import { Allowance } from '../Allowance.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { invitationResource, userResource } from './peopleResources.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { signIn } from './session.ts';

/** Secrets of invitations cannot be guessed; whoever tries shall not be heard for long all the same. */
const WRONG_SECRETS = { times: 60, windowMs: 600_000 };

export interface InvitationRoutesOptions {
  readonly people: People;
  readonly access: Access;
  readonly clock: Clock;
  readonly openId: string | null;
  readonly mail: boolean;
}

const security = [{ bearer: [] }, { cookie: [] }];
const tags = ['people'];

export const invitationRoutes: FastifyPluginCallbackTypebox<InvitationRoutesOptions> = (
  app,
  { people, access, clock, openId, mail },
  done,
) => {
  const { invitations } = people;
  const wrong = new Allowance({ ...WRONG_SECRETS, clock });
  const trying = async <T>(address: string, attempt: () => Promise<T>): Promise<T> => {
    wrong.check(address);
    wrong.spend(address);
    const result = await attempt();
    wrong.giveBack(address);
    return result;
  };

  app.post(
    '/invitations',
    {
      schema: {
        operationId: 'invite',
        summary:
          'Invite somebody: administrators. The answer is the only one that holds the secret.',
        tags,
        security,
        body: NewInvitationSchema,
        response: {
          201: CreatedInvitationSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'invite');
      if (request.body.role === 'admin') await access.require(request, 'manageAdmins');
      const { invitation, secret } = await invitations.create(request.body);
      return reply.code(201).send({ ...invitationResource(invitation), secret });
    },
  );

  app.get(
    '/invitations',
    {
      schema: {
        operationId: 'listInvitations',
        summary: 'Invitations that can still be accepted, oldest first: administrators.',
        tags,
        security,
        querystring: PageQuerySchema,
        response: {
          200: InvitationPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'invite');
      const { items, nextCursor } = pageOf(await invitations.list(), request.query);
      return { items: items.map(invitationResource), nextCursor };
    },
  );

  app.delete(
    '/invitations/:id',
    {
      schema: {
        operationId: 'revokeInvitation',
        summary: 'Take an invitation back: administrators.',
        tags,
        security,
        params: Type.Object({ id: InvitationIdSchema }),
        response: {
          204: Type.Null({ description: 'Good for nothing any more.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'invite');
      await invitations.revoke(request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/invitations/open',
    {
      schema: {
        operationId: 'openInvitation',
        summary: 'What an invitation is for: whoever has its secret.',
        tags,
        body: OpenedInvitationSchema,
        response: {
          200: InvitationSchema,
          ...problems(...BODY_PROBLEMS, 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) =>
      trying(request.ip, async () =>
        invitationResource(await invitations.open(request.body.secret)),
      ),
  );

  app.post(
    '/invitations/accept',
    {
      schema: {
        operationId: 'acceptInvitation',
        summary: 'Make the account and sign in. An invitation is good for one.',
        tags,
        body: AcceptedInvitationSchema,
        response: {
          201: SessionSchema,
          ...problems(...BODY_PROBLEMS, 'not_found', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { secret, ...person } = request.body;
      const account = await trying(request.ip, () => invitations.accept(secret, person));
      await signIn(people, account, request, reply);
      return reply.code(201).send({ user: userResource(account), openId, mail });
    },
  );

  done();
};
