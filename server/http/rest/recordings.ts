import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { AppError } from '../../base/AppError.ts';
import { foldRoomName, RecordingIdSchema } from '../../protocol/ids.ts';
import {
  RecordingPageSchema,
  RecordingPatchSchema,
  RecordingSchema,
  RecordingStateSchema,
} from '../../protocol/recordings.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { RecordingFilter } from '../../recordings/RecordingStore.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageThrough } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { recordingResource } from './recordingResource.ts';
import { RoomParamsSchema } from './rooms.ts';

export interface RecordingRoutesOptions {
  readonly recordings: RecordingService;
  readonly access: Access;
}

const security = [{ bearer: [] }];
const tags = ['recordings'];
export const RecordingParamsSchema = Type.Object({ id: RecordingIdSchema });

const Instant = Type.String({ format: 'date-time' });
const FilterQuerySchema = Type.Object({
  ...PageQuerySchema.properties,
  room: Type.Optional(Type.String({ maxLength: 128, description: 'Id or name of a room.' })),
  state: Type.Optional(RecordingStateSchema),
  from: Type.Optional({ ...Instant, description: 'Begun then or later.' }),
  to: Type.Optional({ ...Instant, description: 'Begun then or earlier.' }),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Part of the title, the name of the room, a tag or the name of a person.',
    }),
  ),
});

export const recordingRoutes: FastifyPluginCallbackTypebox<RecordingRoutesOptions> = (
  app,
  { recordings, access },
  done,
) => {
  app.post(
    '/rooms/:id/recordings',
    {
      schema: {
        operationId: 'startRecording',
        summary: 'Record the room: whoever may. The one that runs already is answered with 200.',
        tags,
        security,
        params: RoomParamsSchema,
        response: {
          200: RecordingSchema,
          201: RecordingSchema,
          ...problems(...ACCESS_PROBLEMS, 'wrong_state', 'disk_full'),
        },
      },
    },
    async (request, reply) => {
      const { room, name } = await access.askerIn(request, request.params.id, 'record');
      const running = recordings.statusOf(room)?.id;
      const record = await recordings.start(room, { name });
      void reply.code(record.id === running ? 200 : 201);
      void reply.header('location', `/api/v1/recordings/${record.id}`);
      return recordingResource(recordings, record);
    },
  );

  for (const step of ['pause', 'resume', 'stop'] as const) {
    app.post(
      `/recordings/:id/${step}`,
      {
        schema: {
          operationId: `${step}Recording`,
          summary: SUMMARIES[step],
          tags,
          security,
          params: RecordingParamsSchema,
          response: { 200: RecordingSchema, ...problems(...ACCESS_PROBLEMS, 'wrong_state') },
        },
      },
      async (request) => {
        const { id } = await access.requireRecording(request, request.params.id, 'record');
        return recordingResource(recordings, await recordings[step](id));
      },
    );
  }

  app.get(
    '/recordings',
    {
      schema: {
        operationId: 'listRecordings',
        summary: 'Recordings the asker may have, newest first.',
        tags,
        security,
        querystring: FilterQuerySchema,
        response: {
          200: RecordingPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const allowed = await access.recordingFilter(request);
      const filter = { ...filterOf(request.query), ...allowed };
      const { items, nextCursor } = await pageThrough(request.query, async (page) =>
        allowed ? recordings.list(filter, page) : [],
      );
      const resources = items.map((record) => recordingResource(recordings, record));
      return { items: await Promise.all(resources), nextCursor };
    },
  );

  app.get(
    '/recordings/:id',
    {
      schema: {
        operationId: 'getRecording',
        summary: 'One recording: whoever may record in its room, and its owner.',
        tags,
        security,
        params: RecordingParamsSchema,
        response: { 200: RecordingSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const record = await access.requireRecording(request, request.params.id, 'readRecordings');
      return recordingResource(recordings, record);
    },
  );

  app.patch(
    '/recordings/:id',
    {
      schema: {
        operationId: 'updateRecording',
        summary: 'Name or tag a recording: owner, moderators.',
        tags,
        security,
        params: RecordingParamsSchema,
        body: RecordingPatchSchema,
        response: {
          200: RecordingSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'editRecordings');
      return recordingResource(recordings, await recordings.edit(id, request.body));
    },
  );

  app.delete(
    '/recordings/:id',
    {
      schema: {
        operationId: 'deleteRecording',
        summary: 'Delete a recording, media and all: its owner. It is gone with the answer.',
        tags,
        security,
        params: RecordingParamsSchema,
        response: {
          204: Type.Null({ description: 'Gone.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'deleteRecordings');
      await recordings.delete(id);
      return reply.code(204).send(null);
    },
  );

  done();
};

const SUMMARIES = {
  pause: 'Keep nothing until it is resumed: whoever may record.',
  resume: 'Go on: whoever may record.',
  stop: 'End it: whoever may record. Files follow, as `state` and `files` say.',
} as const;

const filterOf = (query: Static<typeof FilterQuerySchema>): RecordingFilter => ({
  room: query.room === undefined ? undefined : foldRoomName(query.room),
  state: query.state,
  from: instant('from', query.from),
  to: instant('to', query.to),
  q: query.q,
});

/** A leap second has the format and is no time here. */
const instant = (name: string, text: string | undefined): number | undefined => {
  const ms = text === undefined ? undefined : Date.parse(text);
  if (ms === undefined || !Number.isNaN(ms)) return ms;
  throw new AppError('bad_request', 'The query is not as it should be.', {
    fields: [{ pointer: `/${name}`, message: 'must be a time such as 2026-01-31T14:00:00Z' }],
  });
};
