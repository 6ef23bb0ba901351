import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { callResource } from '../../calls/callViews.ts';
import { sideOf } from '../../calls/CallRecord.ts';
import type { CallHistory } from '../../calls/CallHistory.ts';
import type { CallService } from '../../calls/CallService.ts';
import { CallPageSchema, CallSchema } from '../../protocol/calls.ts';
import { CallIdSchema } from '../../protocol/ids.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageThrough } from './paging.ts';
import { ACCESS_PROBLEMS, problems } from './problems.ts';
import { UserParamsSchema, userSecurity as security } from './users.ts';

export interface CallRoutesOptions {
  readonly calls: CallService;
  readonly history: CallHistory;
  readonly access: Access;
}

const tags = ['calls'];
const OfUserSchema = Type.Object({
  user: Type.Optional(
    Type.Unsafe<string>({
      ...UserParamsSchema.properties.name,
      description: 'Whose calls; absent: of who asks.',
    }),
  ),
});
const CallParamsSchema = Type.Object({ id: CallIdSchema });

export const callRoutes: FastifyPluginCallbackTypebox<CallRoutesOptions> = (
  app,
  { calls, history, access },
  done,
) => {
  app.get(
    '/calls',
    {
      schema: {
        operationId: 'listCalls',
        summary: 'The calls of somebody, newest first: that person; keys say whose.',
        tags,
        security,
        querystring: Type.Object({
          ...PageQuerySchema.properties,
          ...OfUserSchema.properties,
          missed: Type.Optional(Type.Boolean({ description: 'Only those that were missed.' })),
        }),
        response: { 200: CallPageSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user = 'me', missed, ...page } = request.query;
      const { id: userId } = await access.requireUser(request, user, 'readCalls');
      const { items, nextCursor } = await pageThrough(page, ({ before, limit }) =>
        history.list({ userId, missed, before, limit }),
      );
      return {
        items: items.map((call) => callResource(call, sideOf(call, userId) ?? 'caller')),
        nextCursor,
      };
    },
  );

  app.get(
    '/calls/:id',
    {
      schema: {
        operationId: 'getCall',
        summary: 'One call: who was in it.',
        tags,
        security,
        params: CallParamsSchema,
        querystring: OfUserSchema,
        response: { 200: CallSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { id: userId } = await access.requireUser(request, userIn(request), 'readCalls');
      const { call, side } = await history.read(userId, request.params.id);
      return callResource(call, side);
    },
  );

  app.delete(
    '/calls/:id',
    {
      schema: {
        operationId: 'hideCall',
        summary: 'Take a call out of one’s history. The other side keeps it.',
        tags,
        security,
        params: CallParamsSchema,
        querystring: OfUserSchema,
        response: {
          204: Type.Null({ description: 'It is in your history no more.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS, 'wrong_state'),
        },
      },
    },
    async (request, reply) => {
      const { id: userId } = await access.requireUser(request, userIn(request), 'editCalls');
      await history.hide(userId, request.params.id);
      return reply.code(204).send(null);
    },
  );

  for (const [verb, operationId, summary] of [
    ['decline', 'declineCall', 'Decline a call that rings: who is rung.'],
    ['hang-up', 'hangUpCall', 'End a call: either side.'],
  ] as const) {
    app.post(
      `/calls/:id/${verb}`,
      {
        schema: {
          operationId,
          summary,
          tags,
          security,
          params: CallParamsSchema,
          querystring: OfUserSchema,
          response: {
            204: Type.Null({ description: 'It is over.' }),
            ...problems('bad_request', ...ACCESS_PROBLEMS, 'wrong_state'),
          },
        },
      },
      async (request, reply) => {
        const { id: userId } = await access.requireUser(request, userIn(request), 'editCalls');
        const { id } = request.params;
        await (verb === 'decline' ? calls.decline(userId, id) : calls.hangUp(userId, id));
        return reply.code(204).send(null);
      },
    );
  }

  app.post(
    '/calls/seen',
    {
      schema: {
        operationId: 'seeMissedCalls',
        summary: 'The missed calls are known now: the badge goes on every device.',
        tags,
        security,
        querystring: OfUserSchema,
        response: {
          204: Type.Null({ description: 'Seen.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { id: userId } = await access.requireUser(request, userIn(request), 'editCalls');
      await history.seeMissed(userId);
      return reply.code(204).send(null);
    },
  );

  done();
};

const userIn = ({ query: { user = 'me' } }: { query: { user?: string } }): string => user;
