import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { CallPlans } from '../../calls/CallPlans.ts';
import type { Clock } from '../../base/Clock.ts';
import { ForwardSchema } from '../../protocol/voicemail.ts';
import type { Mailboxes } from '../../voicemail/Mailboxes.ts';
import { Allowance } from '../Allowance.ts';
import type { Access } from './Access.ts';
import { BODY_PROBLEMS, problems } from './problems.ts';
import { userSecurity as security } from './users.ts';
import { senderOf } from './voicemailResource.ts';
import { OfUserSchema, VoicemailParamsSchema } from './voicemails.ts';

/** More by one person is a mailing list. */
const FORWARDED = { times: 30, windowMs: 600_000 };

export interface ForwardRoutesOptions {
  readonly mailboxes: Mailboxes;
  readonly plans: CallPlans;
  readonly access: Access;
  readonly clock: Clock;
}

export const forwardRoutes: FastifyPluginCallbackTypebox<ForwardRoutesOptions> = (
  app,
  { mailboxes, plans, access, clock },
  done,
) => {
  const forwarded = new Allowance({ ...FORWARDED, clock });

  app.post(
    '/voicemails/:id/forward',
    {
      schema: {
        operationId: 'forwardVoicemail',
        summary: 'Put a copy into somebody else’s mailbox, with a word to it: who has the message.',
        tags: ['voicemail'],
        security,
        params: VoicemailParamsSchema,
        querystring: OfUserSchema,
        body: ForwardSchema,
        response: {
          204: Type.Null({ description: 'It is there, and they are told.' }),
          ...problems(
            ...BODY_PROBLEMS,
            'unauthorized',
            'not_found',
            'wrong_state',
            'rate_limited',
            'mailbox_full',
          ),
        },
      },
    },
    async (request, reply) => {
      const { user = 'me' } = request.query;
      const { to, comment = '' } = request.body;
      const owner = await access.requireMailbox(request, user, 'readVoicemail');
      const { id } = await mailboxes.get(owner.id, request.params.id);
      const account = (await access.identity(request))?.account ?? owner;
      forwarded.check(account.id);
      forwarded.spend(account.id);
      await mailboxes.forward(
        { id, mailbox: owner.id },
        {
          to: await plans.mailboxFor(account, to),
          by: senderOf(account),
          comment: comment.trim() || null,
        },
      );
      return reply.code(204).send(null);
    },
  );

  done();
};
