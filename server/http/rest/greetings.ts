import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import {
  GreetingListSchema,
  GreetingParamsSchema,
  GreetingPatchSchema,
  GreetingQuerySchema,
  GreetingSchema,
  NewGreetingQuerySchema,
  type Greeting as GreetingResource,
} from '../../protocol/greetings.ts';
import { isExpired, type Greeting } from '../../voicemail/Greeting.ts';
import type { Greetings } from '../../voicemail/Greetings.ts';
import type { Access } from './Access.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';
import { userSecurity as security } from './users.ts';
import { OfUserSchema } from './voicemails.ts';

export interface GreetingRoutesOptions {
  readonly greetings: Greetings;
  readonly access: Access;
  readonly clock: Clock;
}

/** A minute of uncompressed sound. */
const MAX_BYTES = 12 * 1024 * 1024;

const tags = ['voicemail'];
const querystring = Type.Object({ ...GreetingQuerySchema.properties, ...OfUserSchema.properties });

export const greetingRoutes: FastifyPluginCallbackTypebox<GreetingRoutesOptions> = (
  app,
  { greetings, access, clock },
  done,
) => {
  app.addContentTypeParser(
    /^(audio|video)\/|^application\/ogg/,
    { parseAs: 'buffer', bodyLimit: MAX_BYTES },
    (_request, body, parsed) => parsed(null, body),
  );
  const resource = (greeting: Greeting): GreetingResource => resourceOf(greeting, clock.now());

  app.get(
    '/greetings',
    {
      schema: {
        operationId: 'listGreetings',
        summary: 'What somebody has recorded for their callers.',
        tags,
        security,
        querystring: OfUserSchema,
        response: { 200: GreetingListSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user = 'me' } = request.query;
      const { id } = await access.requireUser(request, user, 'readVoicemail');
      return { items: (await greetings.of(id)).map(resource) };
    },
  );

  app.get(
    '/greetings/:kind',
    {
      schema: {
        operationId: 'getGreeting',
        summary: 'One greeting: how long it is, and until when it is played.',
        tags,
        security,
        params: GreetingParamsSchema,
        querystring,
        response: { 200: GreetingSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { user = 'me', language = null } = request.query;
      const { id } = await access.requireUser(request, user, 'readVoicemail');
      return resource(await greetings.get({ userId: id, kind: request.params.kind, language }));
    },
  );

  app.get(
    '/greetings/:kind/sound',
    {
      schema: {
        operationId: 'getGreetingSound',
        summary: 'A greeting as callers hear it: Ogg with Opus.',
        tags,
        security,
        params: GreetingParamsSchema,
        querystring,
        response: {
          200: {
            content: {
              'audio/ogg': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
            },
          },
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { user = 'me', language = null } = request.query;
      const { id } = await access.requireUser(request, user, 'readVoicemail');
      const sound = await greetings.sound({ userId: id, kind: request.params.kind, language });
      return reply.type('audio/ogg').send(sound);
    },
  );

  app.put(
    '/greetings/:kind',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        operationId: 'setGreeting',
        summary: 'Have callers hear this instead. The body is the sound: audio/*.',
        tags,
        security,
        params: GreetingParamsSchema,
        querystring: Type.Object({
          ...NewGreetingQuerySchema.properties,
          ...OfUserSchema.properties,
        }),
        response: {
          200: GreetingSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited', 'wrong_state'),
        },
      },
    },
    async (request) => {
      const { user = 'me', language = null, until } = request.query;
      const { id } = await access.requireUser(request, user, 'editVoicemail');
      const key = { userId: id, kind: request.params.kind, language };
      const recorded: unknown = request.body;
      if (!Buffer.isBuffer(recorded)) throw noSound();
      return resource(
        await greetings.set(key, {
          recorded,
          until: until === undefined ? null : Date.parse(until),
        }),
      );
    },
  );

  app.patch(
    '/greetings/:kind',
    {
      schema: {
        operationId: 'updateGreeting',
        summary:
          'Until when a temporary greeting is played; one that has ended can be played again.',
        tags,
        security,
        params: GreetingParamsSchema,
        querystring,
        body: GreetingPatchSchema,
        response: {
          200: GreetingSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { user = 'me', language = null } = request.query;
      const { id } = await access.requireUser(request, user, 'editVoicemail');
      const { until } = request.body;
      const key = { userId: id, kind: request.params.kind, language };
      return resource(await greetings.setUntil(key, until === null ? null : Date.parse(until)));
    },
  );

  app.delete(
    '/greetings/:kind',
    {
      schema: {
        operationId: 'deleteGreeting',
        summary: 'Have callers hear the next best instead.',
        tags,
        security,
        params: GreetingParamsSchema,
        querystring,
        response: {
          204: Type.Null({ description: 'Gone.' }),
          ...problems('bad_request', ...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { user = 'me', language = null } = request.query;
      const { id } = await access.requireUser(request, user, 'editVoicemail');
      await greetings.remove({ userId: id, kind: request.params.kind, language });
      return reply.code(204).send(null);
    },
  );

  done();
};

const resourceOf = (greeting: Greeting, now: number): GreetingResource => {
  const { kind, language, until, durationMs, bytes, updatedAt } = greeting;
  const query = language === null ? '' : `?language=${language}`;
  return {
    kind,
    language,
    until: until === null ? null : timeOf(until),
    expired: isExpired(greeting, now),
    durationMs,
    bytes,
    updatedAt: timeOf(updatedAt),
    url: `/api/v1/greetings/${kind}/sound${query}`,
  };
};

const noSound = (): AppError =>
  new AppError('unsupported_media_type', 'The body has to be a sound: audio/*.');
