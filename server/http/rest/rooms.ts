import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../../accounts/permissions.ts';
import type { Clock } from '../../base/Clock.ts';
import { RoomIdSchema, RoomNameSchema } from '../../protocol/ids.ts';
import {
  CreatedRoomSchema,
  NewRoomSchema,
  RoomPageSchema,
  RoomPatchSchema,
  RoomSchema,
  type RoomResource,
} from '../../protocol/rest.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { Allowance } from '../Allowance.ts';
import { roomNotFound, type Access } from './Access.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { BODY_PROBLEMS, problems } from './problems.ts';
import { roomResource } from './roomResource.ts';

/** Questions for rooms that are not there, per address: names shall not be found by trying. */
const MISSES = { times: 60, windowMs: 60_000 };

export interface RoomRoutesOptions {
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly access: Access;
  readonly clock: Clock;
  /** How many rooms an address may start. */
  readonly roomStarts: Allowance;
}

const security = [{ bearer: [] }];
const tags = ['rooms'];
export const RoomParamsSchema = Type.Object({
  id: Type.Union([RoomIdSchema, RoomNameSchema], { description: 'Id or name of the room.' }),
});

export const roomRoutes: FastifyPluginCallbackTypebox<RoomRoutesOptions> = (app, options, done) => {
  const { rooms, recordings, access, clock, roomStarts } = options;
  const misses = new Allowance({ ...MISSES, clock });
  const resourceOf = (room: Room): RoomResource => roomResource(room, recordings);

  app.post(
    '/rooms',
    {
      schema: {
        operationId: 'createRoom',
        summary: 'Start a room. The answer is the only one that ever holds its owner secret.',
        tags,
        security: [{}, ...security],
        body: NewRoomSchema,
        response: {
          201: CreatedRoomSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'createRoom');
      const isVisitor = request.headers.authorization === undefined;
      if (isVisitor) roomStarts.check(request.ip);
      const { room, ownerSecret } = rooms.create(request.body);
      if (isVisitor) roomStarts.spend(request.ip);
      void reply.code(201).header('location', `/api/v1/rooms/${room.id}`);
      return reply.send({ ...resourceOf(room), ownerSecret });
    },
  );

  app.get(
    '/rooms',
    {
      schema: {
        operationId: 'listRooms',
        summary: 'Rooms on the home page; for keys all rooms. Oldest first.',
        tags,
        security: [{}, ...security],
        querystring: PageQuerySchema,
        response: {
          200: RoomPageSchema,
          ...problems('bad_request', 'unauthorized', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const seesAll = can(await access.grants(request), 'listRooms');
      const { items, nextCursor } = pageOf(
        rooms.all().filter((room) => seesAll || room.listed),
        request.query,
      );
      return { items: items.map(resourceOf), nextCursor };
    },
  );

  app.get(
    '/rooms/:id',
    {
      schema: {
        operationId: 'getRoom',
        summary: 'One room. Whoever knows its name may look through the door.',
        tags,
        params: RoomParamsSchema,
        response: { 200: RoomSchema, ...problems('not_found', 'rate_limited') },
      },
    },
    (request) => {
      misses.check(request.ip);
      const room = rooms.find(request.params.id);
      if (room) return resourceOf(room);
      misses.spend(request.ip);
      throw roomNotFound();
    },
  );

  app.patch(
    '/rooms/:id',
    {
      schema: {
        operationId: 'updateRoom',
        summary: 'Lock or list a room, say how it is recorded: owner, moderators.',
        tags,
        security,
        params: RoomParamsSchema,
        body: RoomPatchSchema,
        response: {
          200: RoomSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const room = await access.requireIn(request, request.params.id, 'updateRoom');
      room.update(request.body);
      return resourceOf(room);
    },
  );

  app.delete(
    '/rooms/:id',
    {
      schema: {
        operationId: 'endRoom',
        summary: 'End a room for everybody: its owner.',
        tags,
        security,
        params: RoomParamsSchema,
        response: {
          204: Type.Null({ description: 'Ended.' }),
          ...problems('unauthorized', 'forbidden', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      rooms.end(await access.requireIn(request, request.params.id, 'endRoom'));
      return reply.code(204).send(null);
    },
  );

  done();
};
