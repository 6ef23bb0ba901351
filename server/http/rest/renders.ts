import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RenderIdSchema } from '../../protocol/ids.ts';
import {
  RenderPageSchema,
  RenderSchema,
  RenderWishSchema,
  type RenderResource,
} from '../../protocol/renders.ts';
import type { Render } from '../../recordings/Render.ts';
import type { Renders } from '../../recordings/Renders.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';
import { RecordingParamsSchema, type RecordingRoutesOptions } from './recordings.ts';

const security = [{ bearer: [] }];
const tags = ['renders'];
const RenderParamsSchema = Type.Object({
  ...RecordingParamsSchema.properties,
  renderId: RenderIdSchema,
});

export const renderRoutes: FastifyPluginCallbackTypebox<RecordingRoutesOptions> = (
  app,
  { recordings: { renders }, access },
  done,
) => {
  app.post(
    '/recordings/:id/renders',
    {
      schema: {
        operationId: 'createRender',
        summary: 'Make one video or sound of it: owner, moderators. The same again is the same.',
        tags,
        security,
        params: RecordingParamsSchema,
        body: RenderWishSchema,
        response: {
          202: RenderSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'editRecordings');
      const render = await renders.request(id, request.body);
      void reply.header('location', `/api/v1/recordings/${id}/renders/${render.id}`);
      return reply.code(202).send(resourceOf(renders, render));
    },
  );

  app.get(
    '/recordings/:id/renders',
    {
      schema: {
        operationId: 'listRenders',
        summary: 'What was asked for of this recording, oldest first.',
        tags,
        security,
        params: RecordingParamsSchema,
        querystring: PageQuerySchema,
        response: { 200: RenderPageSchema, ...problems(...ACCESS_PROBLEMS, 'bad_request') },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'readRecordings');
      const { items, nextCursor } = pageOf(await renders.list(id), request.query);
      return { items: items.map((render) => resourceOf(renders, render)), nextCursor };
    },
  );

  app.get(
    '/recordings/:id/renders/:renderId',
    {
      schema: {
        operationId: 'getRender',
        summary: 'How far a render is, and what became of it.',
        tags,
        security,
        params: RenderParamsSchema,
        response: { 200: RenderSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'readRecordings');
      return resourceOf(renders, await renders.get(id, request.params.renderId));
    },
  );

  app.post(
    '/recordings/:id/renders/:renderId/retry',
    {
      schema: {
        operationId: 'retryRender',
        summary: 'Try again what failed: owner, moderators.',
        tags,
        security,
        params: RenderParamsSchema,
        response: { 202: RenderSchema, ...problems(...ACCESS_PROBLEMS, 'wrong_state') },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'editRecordings');
      const render = await renders.retry(id, request.params.renderId);
      return reply.code(202).send(resourceOf(renders, render));
    },
  );

  app.delete(
    '/recordings/:id/renders/:renderId',
    {
      schema: {
        operationId: 'deleteRender',
        summary: 'End it, or delete its file: owner, moderators.',
        tags,
        security,
        params: RenderParamsSchema,
        response: { 204: Type.Null({ description: 'Gone.' }), ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'editRecordings');
      await renders.remove(id, request.params.renderId);
      return reply.code(204).send(null);
    },
  );

  done();
};

const resourceOf = (renders: Renders, render: Render): RenderResource => {
  const { id, recordingId, spec, state, failure, file, kept, createdAt, endedAt } = render;
  return {
    id,
    recordingId,
    spec,
    state,
    failure,
    file,
    ...renders.newsOf(render),
    kept: [...kept],
    createdAt: timeOf(createdAt),
    endedAt: endedAt === null ? null : timeOf(endedAt),
  };
};
