import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../accounts/Account.ts';
import { AppError } from '../../base/AppError.ts';
import {
  MailboxMemberListSchema,
  MailboxMemberSchema,
  NewMailboxMemberSchema,
  type MailboxMemberResource,
  type MailboxRole,
} from '../../protocol/mailboxes.ts';
import { UserNameSchema } from '../../protocol/people.ts';
import type { MailboxRoutesOptions } from './mailboxes.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { UserParamsSchema, userSecurity as security } from './users.ts';

const tags = ['voicemail'];
const MemberParamsSchema = Type.Object({
  name: UserParamsSchema.properties.name,
  user: UserNameSchema,
});

/** Who looks after a mailbox beside its owner. */
export const mailboxMemberRoutes: FastifyPluginCallbackTypebox<MailboxRoutesOptions> = (
  app,
  { mailboxes, access },
  done,
) => {
  const { members } = mailboxes;
  /** What a person was told is for nobody else to hand out: administrators do so for team boxes alone. */
  const mailboxToShare = async (request: FastifyRequest, name: string): Promise<Account> => {
    const { account, isSelf } = await access.askerOfUser(request, name, 'editMailboxMembers');
    const isTeamBox = account.passwordHash === null && account.openId === null;
    if (isSelf || isTeamBox) return account;
    throw new AppError('forbidden', 'Only its owner shares the mailbox of a person.');
  };

  app.get(
    '/mailboxes/:name/members',
    {
      schema: {
        operationId: 'listMailboxMembers',
        summary: 'Who looks after it beside its owner: its owner, they, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        response: { 200: MailboxMemberListSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { account } = await access.mailboxFor(request, name, 'readMailboxMembers');
      return { items: (await members.of(account.id)).map(resourceOf) };
    },
  );

  app.put(
    '/mailboxes/:name/members/:user',
    {
      schema: {
        operationId: 'setMailboxMember',
        summary: 'Somebody looks after it, too: its owner; of team boxes: administrators.',
        tags,
        security,
        params: MemberParamsSchema,
        body: NewMailboxMemberSchema,
        response: {
          200: MailboxMemberSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { name, user } = request.params;
      const { role = 'editor' } = request.body;
      const mailbox = await mailboxToShare(request, name);
      return resourceOf({ account: await members.set(mailbox, user, role), role });
    },
  );

  app.delete(
    '/mailboxes/:name/members/:user',
    {
      schema: {
        operationId: 'removeMailboxMember',
        summary: 'Somebody looks after it no more: its owner; of team boxes: administrators.',
        tags,
        security,
        params: MemberParamsSchema,
        response: {
          204: Type.Null({ description: 'It is closed to them.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { name, user } = request.params;
      await members.remove(await mailboxToShare(request, name), user);
      return reply.code(204).send(null);
    },
  );

  done();
};

const resourceOf = ({
  account: { name, displayName },
  role,
}: {
  account: Account;
  role: MailboxRole;
}): MailboxMemberResource => ({ name, displayName, role });
