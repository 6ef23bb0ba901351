import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ParticipantIdSchema } from '../../protocol/ids.ts';
import { RoomParticipantPageSchema } from '../../protocol/rest.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { problems } from './problems.ts';
import { RoomParamsSchema } from './rooms.ts';

const security = [{ bearer: [] }];
const tags = ['participants'];

export const roomParticipantRoutes: FastifyPluginCallbackTypebox<{ readonly access: Access }> = (
  app,
  { access },
  done,
) => {
  app.get(
    '/rooms/:id/participants',
    {
      schema: {
        operationId: 'listParticipants',
        summary: 'Who is in the room, in order of arrival: owner, moderators.',
        tags,
        security,
        params: RoomParamsSchema,
        querystring: PageQuerySchema,
        response: {
          200: RoomParticipantPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const room = await access.requireIn(request, request.params.id, 'listParticipants');
      const everybody = room.participants().toSorted((a, b) => (a.id < b.id ? -1 : 1));
      // Tracks are left out: the schema of the answer has none.
      return pageOf(everybody, request.query);
    },
  );

  app.delete(
    '/rooms/:id/participants/:pid',
    {
      schema: {
        operationId: 'removeParticipant',
        summary: 'Send somebody away: owner, moderators.',
        tags,
        security,
        params: Type.Object({ ...RoomParamsSchema.properties, pid: ParticipantIdSchema }),
        response: {
          204: Type.Null({ description: 'Gone.' }),
          ...problems('unauthorized', 'forbidden', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const room = await access.requireIn(request, request.params.id, 'removeParticipant');
      room.remove(request.params.pid);
      return reply.code(204).send(null);
    },
  );

  done();
};
