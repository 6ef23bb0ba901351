import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ErasureListSchema, ErasureSchema, type ErasureResource } from '../../protocol/erasures.ts';
import { ParticipantIdSchema } from '../../protocol/ids.ts';
import type { Erasure } from '../../recordings/Erasure.ts';
import { ACCESS_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';
import { RecordingParamsSchema, type RecordingRoutesOptions } from './recordings.ts';

const security = [{ bearer: [] }];
const tags = ['erasures'];

export const erasureRoutes: FastifyPluginCallbackTypebox<RecordingRoutesOptions> = (
  app,
  { recordings: { erasures }, access },
  done,
) => {
  app.delete(
    '/recordings/:id/participants/:participantId',
    {
      schema: {
        operationId: 'erasePerson',
        summary:
          'Take somebody out of a finished recording for good: its owner. Gone with the answer, which is the receipt; what the others share is made anew.',
        tags,
        security,
        params: Type.Object({
          ...RecordingParamsSchema.properties,
          participantId: ParticipantIdSchema,
        }),
        response: { 200: ErasureSchema, ...problems(...ACCESS_PROBLEMS, 'wrong_state') },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'deleteRecordings');
      return resourceOf(await erasures.erase(id, request.params.participantId));
    },
  );

  app.get(
    '/recordings/:id/erasures',
    {
      schema: {
        operationId: 'listErasures',
        summary: 'The receipts of who was taken out of this recording, oldest first: its owner.',
        tags,
        security,
        params: RecordingParamsSchema,
        response: { 200: ErasureListSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'deleteRecordings');
      return { items: (await erasures.list(id)).map(resourceOf) };
    },
  );

  done();
};

const resourceOf = (erasure: Erasure): ErasureResource => ({
  recordingId: erasure.recordingId,
  participantId: erasure.participantId,
  askedAt: timeOf(erasure.askedAt),
  erasedAt: erasure.erasedAt === null ? null : timeOf(erasure.erasedAt),
  files: [...erasure.files],
  renders: [...erasure.renders],
});
