import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Account } from '../../accounts/Account.ts';
import type { Action } from '../../accounts/permissions.ts';
import { VoicemailIdSchema } from '../../protocol/ids.ts';
import {
  FolderSchema,
  VoicemailFileParamsSchema,
  VoicemailPageSchema,
  VoicemailPatchSchema,
  VoicemailSchema,
  VoicemailSummarySchema,
  type Voicemail,
} from '../../protocol/voicemail.ts';
import type { Mailboxes } from '../../voicemail/Mailboxes.ts';
import type { Message } from '../../voicemail/Message.ts';
import type { Transcripts } from '../../voicemail/Transcripts.ts';
import type { Access } from './Access.ts';
import { DownloadQuerySchema, type Downloads } from './Downloads.ts';
import { pageInOrder, SortedPageQuerySchema } from './messagePaging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { FILE_RESPONSES, READING } from './recordingFiles.ts';
import { UserParamsSchema, userSecurity as security } from './users.ts';
import { senderOf, voicemailResource as resourceOf } from './voicemailResource.ts';

export interface VoicemailRoutesOptions {
  readonly mailboxes: Mailboxes;
  readonly transcripts: Transcripts;
  readonly access: Access;
  readonly downloads: Downloads;
}

const tags = ['voicemail'];
export const OfUserSchema = Type.Object({
  user: Type.Optional(
    Type.Unsafe<string>({
      ...UserParamsSchema.properties.name,
      description: 'Whose mailbox; absent: of who asks.',
    }),
  ),
});
export const VoicemailParamsSchema = Type.Object({ id: VoicemailIdSchema });

/** `user`: by which its files are asked for; absent: as one's own. */
interface AskedMailbox {
  readonly owner: Account;
  readonly user: string | undefined;
}

export const voicemailRoutes: FastifyPluginCallbackTypebox<VoicemailRoutesOptions> = (
  app,
  { mailboxes, transcripts, access, downloads },
  done,
) => {
  const mailboxFor = async (
    request: FastifyRequest,
    { user = 'me' }: { user?: string | undefined },
    action: Action,
  ): Promise<AskedMailbox> => {
    const { account, isOwn } = await access.mailboxFor(request, user, action);
    return { owner: account, user: isOwn ? undefined : account.name };
  };
  const resourcesOf = async (
    messages: readonly Message[],
    { owner, user }: AskedMailbox,
  ): Promise<Voicemail[]> => {
    const written = await transcripts.of(messages);
    return messages.map((message, i) => resourceOf(message, owner, written[i], user));
  };
  const oneResourceOf = async (message: Message, { owner, user }: AskedMailbox) =>
    resourceOf(message, owner, (await transcripts.of([message]))[0], user);

  app.get(
    '/voicemails',
    {
      schema: {
        operationId: 'listVoicemails',
        summary: 'Messages in a mailbox: its owner.',
        tags,
        security,
        querystring: Type.Object({
          ...SortedPageQuerySchema.properties,
          ...OfUserSchema.properties,
          folder: Type.Optional(FolderSchema),
          unread: Type.Optional(Type.Boolean()),
          urgent: Type.Optional(Type.Boolean()),
          q: Type.Optional(
            Type.String({
              maxLength: 64,
              description: 'Part of the caller’s name, of the note, or of what was said.',
            }),
          ),
        }),
        response: { 200: VoicemailPageSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user, folder, unread, urgent, q, ...page } = request.query;
      const asked = await mailboxFor(request, { user }, 'readVoicemail');
      const { items, nextCursor } = await pageInOrder(page, (where) =>
        mailboxes.list({ mailbox: asked.owner.id, folder, unread, urgent, q, ...where }),
      );
      return { items: await resourcesOf(items, asked), nextCursor };
    },
  );

  app.delete(
    '/voicemails/trash',
    {
      schema: {
        operationId: 'emptyVoicemailTrash',
        summary: 'All that is in the trash is gone for good: the owner of the mailbox.',
        tags,
        security,
        querystring: OfUserSchema,
        response: {
          204: Type.Null({ description: 'Gone.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { user = 'me' } = request.query;
      const owner = await access.requireMailbox(request, user, 'editVoicemail');
      await mailboxes.emptyTrash(owner.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/voicemails/summary',
    {
      schema: {
        operationId: 'countVoicemails',
        summary: 'How many messages wait, in the shape of SIP’s message-waiting.',
        tags,
        security,
        querystring: OfUserSchema,
        response: { 200: VoicemailSummarySchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user = 'me' } = request.query;
      return mailboxes.summary((await access.requireMailbox(request, user, 'readVoicemail')).id);
    },
  );

  app.get(
    '/voicemails/:id',
    {
      schema: {
        operationId: 'getVoicemail',
        summary: 'One message: whose mailbox it is in.',
        tags,
        security,
        params: VoicemailParamsSchema,
        querystring: OfUserSchema,
        response: { 200: VoicemailSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const asked = await mailboxFor(request, request.query, 'readVoicemail');
      return oneResourceOf(await mailboxes.get(asked.owner.id, request.params.id), asked);
    },
  );

  app.patch(
    '/voicemails/:id',
    {
      schema: {
        operationId: 'updateVoicemail',
        summary:
          'Read or not, in which folder, and taken or not; out of the trash again for 30 days.',
        tags,
        security,
        params: VoicemailParamsSchema,
        querystring: OfUserSchema,
        body: VoicemailPatchSchema,
        response: {
          200: VoicemailSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const asked = await mailboxFor(request, request.query, 'editVoicemail');
      const { id } = request.params;
      const by = senderOf((await access.identity(request))?.account ?? asked.owner);
      return oneResourceOf(await mailboxes.change(asked.owner.id, id, request.body, by), asked);
    },
  );

  app.delete(
    '/voicemails/:id',
    {
      schema: {
        operationId: 'deleteVoicemail',
        summary: 'Gone for good, with all its files. For the trash see PATCH.',
        tags,
        security,
        params: VoicemailParamsSchema,
        querystring: OfUserSchema,
        response: {
          204: Type.Null({ description: 'Gone.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { user = 'me' } = request.query;
      const owner = await access.requireMailbox(request, user, 'editVoicemail');
      await mailboxes.remove(owner.id, request.params.id);
      return reply.code(204).send(null);
    },
  );

  for (const method of READING) {
    app.route({
      method,
      url: '/voicemails/:id/files/:name',
      schema: {
        operationId: 'getVoicemailFile',
        summary: 'A file of a message, whole or a Range of it.',
        tags,
        security,
        params: VoicemailFileParamsSchema,
        querystring: Type.Object({
          ...DownloadQuerySchema.properties,
          ...OfUserSchema.properties,
        }),
        response: {
          ...FILE_RESPONSES,
          ...problems(...ACCESS_PROBLEMS, 'bad_request', 'range_not_satisfiable'),
        },
      },
      handler: async (request, reply) => {
        const { user = 'me', ...how } = request.query;
        const { id, name } = request.params;
        const recordingId = await access.requireMessageMedia(request, { user, id });
        return downloads.sendFile(request, reply, recordingId, { name, ...how });
      },
    });
  }

  done();
};
