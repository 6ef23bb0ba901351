import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { Account } from '../../accounts/Account.ts';
import {
  MailboxListSchema,
  MailboxPatchSchema,
  MailboxSchema,
  type Mailbox,
} from '../../protocol/mailboxes.ts';
import type { Mailboxes } from '../../voicemail/Mailboxes.ts';
import type { Access } from './Access.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { UserParamsSchema, userSecurity as security } from './users.ts';

export interface MailboxRoutesOptions {
  readonly mailboxes: Mailboxes;
  readonly access: Access;
}

const tags = ['voicemail'];

export const mailboxRoutes: FastifyPluginCallbackTypebox<MailboxRoutesOptions> = (
  app,
  { mailboxes, access },
  done,
) => {
  const resourceOf = async (
    { id, name, displayName, settings }: Account,
    role: Mailbox['role'],
  ): Promise<Mailbox> => ({
    name,
    displayName,
    role,
    ...(await mailboxes.space.of(id)),
    keepDays: settings.keepVoicemailDays,
    voicemail: settings.voicemail,
  });

  app.get(
    '/mailboxes',
    {
      schema: {
        operationId: 'listMailboxes',
        summary: 'One’s own mailbox, and those one looks after with others: whoever is signed in.',
        tags,
        security: [{ cookie: [] }],
        response: { 200: MailboxListSchema, ...problems('unauthorized', 'rate_limited') },
      },
    },
    async (request) => {
      const { account } = await access.requireIdentity(request);
      const shared = await mailboxes.members.mailboxesOf(account.id);
      return {
        items: [
          await resourceOf(account, 'owner'),
          ...(await Promise.all(shared.map((box) => resourceOf(box.account, box.role)))),
        ],
      };
    },
  );

  app.get(
    '/mailboxes/:name',
    {
      schema: {
        operationId: 'getMailbox',
        summary: 'How full it is: its owner, who looks after it, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        response: { 200: MailboxSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { account, role } = await access.mailboxFor(
        request,
        request.params.name,
        'readMailbox',
      );
      return resourceOf(account, role);
    },
  );

  app.patch(
    '/mailboxes/:name',
    {
      schema: {
        operationId: 'limitMailbox',
        summary: 'How much it holds: administrators.',
        tags,
        security,
        params: UserParamsSchema,
        body: MailboxPatchSchema,
        response: {
          200: MailboxSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const account = await access.requireUser(request, request.params.name, 'limitMailbox');
      await mailboxes.space.setQuota(account.id, request.body.quotaBytes);
      return resourceOf(account, 'owner');
    },
  );

  done();
};
