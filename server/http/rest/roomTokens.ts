import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { signJoinToken } from '../../accounts/tokens.ts';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { NewTokenSchema, TokenSchema } from '../../protocol/rest.ts';
import type { Access } from './Access.ts';
import { BODY_PROBLEMS, problems } from './problems.ts';
import { RoomParamsSchema } from './rooms.ts';

/** Longer spares people a new invitation, shorter limits what a leaked one is good for. */
const DEFAULT_TTL_SECONDS = 3600;

export interface RoomTokenRoutesOptions {
  readonly access: Access;
  readonly tokenSecret: Uint8Array;
  readonly clock: Clock;
}

export const roomTokenRoutes: FastifyPluginCallbackTypebox<RoomTokenRoutesOptions> = (
  app,
  { access, tokenSecret, clock },
  done,
) => {
  app.post(
    '/rooms/:id/tokens',
    {
      schema: {
        operationId: 'createToken',
        summary: 'Make a join token (JWT) for this room and no other: its owner.',
        tags: ['tokens'],
        security: [{ bearer: [] }],
        params: RoomParamsSchema,
        body: NewTokenSchema,
        response: {
          201: TokenSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { room, may } = await access.askerIn(request, request.params.id, 'createToken');
      const { identity, name, ttlSeconds = DEFAULT_TTL_SECONDS, grants } = request.body;
      if (grants?.roomRecord && !may('record')) throw cannotGive();
      const { token, expiresAt } = await signJoinToken(
        // By id: a name can belong to another room and another owner tomorrow.
        { identity, name, room: room.id, grants: { roomJoin: true, ...grants }, ttlSeconds },
        tokenSecret,
        clock.now(),
      );
      return reply.code(201).send({ token, expiresAt: new Date(expiresAt).toISOString() });
    },
  );

  done();
};

/** An API key for rooms is none for their recordings, and must not become one by way of a token. */
const cannotGive = (): AppError =>
  new AppError('forbidden', 'These credentials cannot give `roomRecord`: they do not have it.');
