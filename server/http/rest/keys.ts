import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import type { ApiKey } from '../../accounts/ApiKeyStore.ts';
import type { ApiKeys } from '../../accounts/ApiKeys.ts';
import { KeyIdSchema } from '../../protocol/ids.ts';
import {
  ApiKeyPageSchema,
  CreatedApiKeySchema,
  NewApiKeySchema,
  type ApiKeySchema,
} from '../../protocol/rest.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';

export interface KeyRoutesOptions {
  readonly apiKeys: ApiKeys;
  readonly access: Access;
}

const security = [{ bearer: [] }];
const tags = ['keys'];

export const keyRoutes: FastifyPluginCallbackTypebox<KeyRoutesOptions> = (
  app,
  { apiKeys, access },
  done,
) => {
  app.post(
    '/keys',
    {
      schema: {
        operationId: 'createKey',
        summary: 'Make an API key: the admin key. The answer is the only one that ever holds it.',
        tags,
        security,
        body: NewApiKeySchema,
        response: {
          201: CreatedApiKeySchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'manageKeys');
      const { key, secret } = await apiKeys.create(request.body);
      return reply.code(201).send({ ...resourceOf(key), key: secret });
    },
  );

  app.get(
    '/keys',
    {
      schema: {
        operationId: 'listKeys',
        summary: 'API keys without the keys, oldest first: the admin key.',
        tags,
        security,
        querystring: PageQuerySchema,
        response: {
          200: ApiKeyPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'manageKeys');
      const { items, nextCursor } = pageOf(await apiKeys.list(), request.query);
      return { items: items.map(resourceOf), nextCursor };
    },
  );

  app.delete(
    '/keys/:id',
    {
      schema: {
        operationId: 'revokeKey',
        summary: 'Take an API key back: the admin key.',
        tags,
        security,
        params: Type.Object({ id: KeyIdSchema }),
        response: {
          204: Type.Null({ description: 'Good for nothing any more.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'manageKeys');
      await apiKeys.revoke(request.params.id);
      return reply.code(204).send(null);
    },
  );

  done();
};

const resourceOf = (key: ApiKey): Static<typeof ApiKeySchema> => ({
  id: key.id,
  name: key.name,
  scopes: [...key.scopes],
  createdAt: timeOf(key.createdAt),
  lastUsedAt: key.lastUsedAt === null ? null : timeOf(key.lastUsedAt),
  expiresAt: key.expiresAt === null ? null : timeOf(key.expiresAt),
});
