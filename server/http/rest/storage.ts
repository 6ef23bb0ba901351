import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { StorageSchema } from '../../protocol/recordings.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Access } from './Access.ts';
import { problems } from './problems.ts';

export interface StorageRoutesOptions {
  readonly recordings: RecordingService;
  readonly access: Access;
}

export const storageRoutes: FastifyPluginCallbackTypebox<StorageRoutesOptions> = (
  app,
  { recordings, access },
  done,
) => {
  app.get(
    '/storage',
    {
      schema: {
        operationId: 'getStorage',
        summary: 'How much recordings take, and how long the disk will do: keys.',
        tags: ['operations'],
        security: [{ bearer: [] }],
        response: {
          200: StorageSchema,
          ...problems('unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'readStorage');
      return recordings.storage();
    },
  );

  done();
};
