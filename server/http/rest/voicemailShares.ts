import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { AppError } from '../../base/AppError.ts';
import { ShareIdSchema, type VoicemailId } from '../../protocol/ids.ts';
import { CreatedShareSchema, NewShareSchema, SharePageSchema } from '../../protocol/recordings.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Shared } from '../../recordings/RecordingShares.ts';
import type { Mailboxes } from '../../voicemail/Mailboxes.ts';
import type { Access } from './Access.ts';
import { originOf } from './originOf.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { baseOf, shareResource } from './shares.ts';
import { userSecurity as security } from './users.ts';
import { OfUserSchema, VoicemailParamsSchema } from './voicemails.ts';

export interface VoicemailShareRoutesOptions {
  readonly recordings: RecordingService;
  readonly mailboxes: Mailboxes;
  readonly access: Access;
  /** Where people find this server; absent: where the asker did. */
  readonly publicUrl: string | undefined;
}

const tags = ['voicemail'];

/** Links to messages, for who may do more with them than hear them. */
export const voicemailShareRoutes: FastifyPluginCallbackTypebox<VoicemailShareRoutesOptions> = (
  app,
  { recordings: { shares }, mailboxes, access, publicUrl },
  done,
) => {
  const sharedBy = async (
    request: FastifyRequest,
    { user = 'me', id }: { user?: string | undefined; id: VoicemailId },
  ): Promise<Shared> => {
    const owner = await access.requireMailbox(request, user, 'editVoicemail');
    const { recordingId } = await mailboxes.get(owner.id, id);
    if (recordingId === null) throw new AppError('not_found', 'There is no such message.');
    return { recordingId, messageId: id };
  };

  app.post(
    '/voicemails/:id/shares',
    {
      schema: {
        operationId: 'shareVoicemail',
        summary: 'Make a link by which others hear this message. Good for a week if not told.',
        tags,
        security,
        params: VoicemailParamsSchema,
        querystring: OfUserSchema,
        body: NewShareSchema,
        response: {
          201: Type.Object({
            ...CreatedShareSchema.properties,
            page: Type.String({ description: 'For people: where it is heard.' }),
          }),
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const shared = await sharedBy(request, { ...request.query, id });
      const { share, secret } = await shares.create(shared, request.body);
      const origin = originOf(request, publicUrl);
      return reply.code(201).send({
        ...shareResource(share),
        url: `${origin}${baseOf(secret)}`,
        page: `${origin}/recordings/${shared.recordingId}#${secret}`,
      });
    },
  );

  app.get(
    '/voicemails/:id/shares',
    {
      schema: {
        operationId: 'listVoicemailShares',
        summary: 'Links to this message, oldest first.',
        tags,
        security,
        params: VoicemailParamsSchema,
        querystring: Type.Object({ ...PageQuerySchema.properties, ...OfUserSchema.properties }),
        response: { 200: SharePageSchema, ...problems(...ACCESS_PROBLEMS, 'bad_request') },
      },
    },
    async (request) => {
      const { user, ...page } = request.query;
      const shared = await sharedBy(request, { user, id: request.params.id });
      const { items, nextCursor } = pageOf(await shares.list(shared), page);
      return { items: items.map(shareResource), nextCursor };
    },
  );

  app.delete(
    '/voicemails/:id/shares/:shareId',
    {
      schema: {
        operationId: 'revokeVoicemailShare',
        summary: 'Take a link to this message back.',
        tags,
        security,
        params: Type.Object({ ...VoicemailParamsSchema.properties, shareId: ShareIdSchema }),
        querystring: OfUserSchema,
        response: {
          204: Type.Null({ description: 'Nobody comes in by it any more.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { id, shareId } = request.params;
      await shares.revoke(await sharedBy(request, { ...request.query, id }), shareId);
      return reply.code(204).send(null);
    },
  );

  done();
};
