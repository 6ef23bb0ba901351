import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { VoicemailIdSchema } from '../../protocol/ids.ts';
import { TranscriptSchema } from '../../protocol/voicemail.ts';
import type { Transcripts } from '../../voicemail/Transcripts.ts';
import type { Access } from './Access.ts';
import { ACCESS_PROBLEMS, problems } from './problems.ts';
import { userSecurity as security } from './users.ts';
import { OfUserSchema } from './voicemails.ts';

export interface TranscriptRoutesOptions {
  readonly transcripts: Transcripts;
  readonly access: Access;
}

export const transcriptRoutes: FastifyPluginCallbackTypebox<TranscriptRoutesOptions> = (
  app,
  { transcripts, access },
  done,
) => {
  app.get(
    '/voicemails/:id/transcript',
    {
      schema: {
        operationId: 'getVoicemailTranscript',
        summary: 'What is said in a message, in writing, with the time of each word.',
        tags: ['voicemail'],
        security,
        params: Type.Object({ id: VoicemailIdSchema }),
        querystring: OfUserSchema,
        response: { 200: TranscriptSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user = 'me' } = request.query;
      const owner = await access.requireMailbox(request, user, 'readVoicemail');
      const { words, ...rest } = await transcripts.get(owner.id, request.params.id);
      return { ...rest, words: [...words] };
    },
  );

  done();
};
