import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { ShareIdSchema } from '../../protocol/ids.ts';
import {
  CreatedShareSchema,
  FileNameSchema,
  NewShareSchema,
  OpenedShareSchema,
  OpenShareSchema,
  RecordingSchema,
  SharePageSchema,
  type ShareSchema,
} from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import { wholeRecording } from '../../recordings/RecordingShares.ts';
import type { Share } from '../../recordings/RecordingStore.ts';
import { Allowance } from '../Allowance.ts';
import type { Access } from './Access.ts';
import { DownloadQuerySchema, type Downloads } from './Downloads.ts';
import { originOf } from './originOf.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { ARCHIVE_RESPONSES, FILE_RESPONSES, READING } from './recordingFiles.ts';
import { recordingResource, timeOf } from './recordingResource.ts';
import { RecordingParamsSchema } from './recordings.ts';
import { sharedMessage } from './sharedMessage.ts';

/** Questions for shares that are not there, per address. */
const MISSES = { times: 60, windowMs: 60_000 };
/** Passwords tried, per address, and per link whoever asks. */
const TRIES = { times: 10, windowMs: 60_000 };
const TRIES_OF_LINK = { times: 100, windowMs: 3_600_000 };

export interface ShareRoutesOptions {
  readonly recordings: RecordingService;
  readonly access: Access;
  readonly downloads: Downloads;
  readonly clock: Clock;
  /** Where people find this server; absent: where the asker did. */
  readonly publicUrl: string | undefined;
}

const security = [{ bearer: [] }];
const tags = ['shares'];
const SecretParamsSchema = Type.Object({ secret: Type.String({ pattern: '^[\\w-]{43}$' }) });
const SHARE_PROBLEMS = ['unauthorized', 'not_found', 'gone', 'rate_limited'] as const;

/** For whoever may share a recording. */
export const recordingShareRoutes: FastifyPluginCallbackTypebox<ShareRoutesOptions> = (
  app,
  { recordings, access, publicUrl },
  done,
) => {
  const { shares } = recordings;

  app.post(
    '/recordings/:id/shares',
    {
      schema: {
        operationId: 'createShare',
        summary: 'Make a link to this recording: owner, moderators. Good for a week if not told.',
        tags,
        security,
        params: RecordingParamsSchema,
        body: NewShareSchema,
        response: {
          201: CreatedShareSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'shareRecordings');
      const { share, secret } = await shares.create(wholeRecording(id), request.body);
      const origin = originOf(request, publicUrl);
      const url = `${origin}${baseOf(secret)}`;
      return reply.code(201).send({ ...shareResource(share), url });
    },
  );

  app.get(
    '/recordings/:id/shares',
    {
      schema: {
        operationId: 'listShares',
        summary: 'Links to this recording, oldest first: owner, moderators.',
        tags,
        security,
        params: RecordingParamsSchema,
        querystring: PageQuerySchema,
        response: { 200: SharePageSchema, ...problems(...ACCESS_PROBLEMS, 'bad_request') },
      },
    },
    async (request) => {
      const { id } = await access.requireRecording(request, request.params.id, 'shareRecordings');
      const { items, nextCursor } = pageOf(await shares.list(wholeRecording(id)), request.query);
      return { items: items.map(shareResource), nextCursor };
    },
  );

  app.delete(
    '/recordings/:id/shares/:shareId',
    {
      schema: {
        operationId: 'revokeShare',
        summary: 'Take a link back: owner, moderators.',
        tags,
        security,
        params: Type.Object({ ...RecordingParamsSchema.properties, shareId: ShareIdSchema }),
        response: {
          204: Type.Null({ description: 'Nobody comes in by it any more.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireRecording(request, request.params.id, 'shareRecordings');
      await shares.revoke(wholeRecording(id), request.params.shareId);
      return reply.code(204).send(null);
    },
  );

  done();
};

/** For whoever has a link. */
export const shareRoutes: FastifyPluginCallbackTypebox<ShareRoutesOptions> = (
  app,
  { recordings, downloads, clock },
  done,
) => {
  const misses = new Allowance({ ...MISSES, clock });
  const tries = new Allowance({ ...TRIES, clock });
  const triesOfLink = new Allowance({ ...TRIES_OF_LINK, clock });
  const noting = async <T>(ip: string, step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') misses.spend(ip);
      throw error;
    }
  };
  const find = async (request: {
    ip: string;
    params: { secret: string };
  }): Promise<RecordingRecord> => {
    misses.check(request.ip);
    return noting(request.ip, async () => {
      const { record, messageId } = await recordings.shares.find(request.params.secret);
      return messageId === null ? recordings.get(record.id) : sharedMessage(record);
    });
  };

  app.get(
    '/shares/:secret',
    {
      schema: {
        operationId: 'getSharedRecording',
        summary: 'The recording that a link leads to.',
        tags,
        params: SecretParamsSchema,
        response: { 200: RecordingSchema, ...problems(...SHARE_PROBLEMS) },
      },
    },
    async (request) =>
      recordingResource(recordings, await find(request), baseOf(request.params.secret)),
  );

  app.post(
    '/shares/:secret/open',
    {
      schema: {
        operationId: 'openShare',
        summary: 'Change the password of a link for one that opens the recording.',
        tags,
        params: SecretParamsSchema,
        body: OpenShareSchema,
        response: {
          200: OpenedShareSchema,
          ...problems(...BODY_PROBLEMS, 'not_found', 'gone', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { secret } = request.params;
      misses.check(request.ip);
      tries.check(request.ip);
      triesOfLink.check(secret);
      tries.spend(request.ip);
      triesOfLink.spend(secret);
      const opening = await noting(request.ip, () =>
        recordings.shares.open(secret, request.body.password),
      );
      return { url: baseOf(opening) };
    },
  );

  for (const method of READING) {
    app.route({
      method,
      url: '/shares/:secret/files/:name',
      schema: {
        operationId: 'getSharedFile',
        summary: 'A file of the recording that a link leads to, whole or a Range of it.',
        tags,
        params: Type.Object({ ...SecretParamsSchema.properties, name: FileNameSchema }),
        querystring: DownloadQuerySchema,
        response: {
          ...FILE_RESPONSES,
          ...problems(...SHARE_PROBLEMS, 'bad_request', 'range_not_satisfiable'),
        },
      },
      handler: async (request, reply) => {
        const { id, files, voicemail } = await find(request);
        const { name } = request.params;
        // Of a message there is more than a link is good for.
        const isOpen = voicemail === undefined || files.some((file) => file.name === name);
        if (!isOpen) throw new AppError('not_found', 'There is no such file.');
        return downloads.sendFile(request, reply, id, { name, ...request.query });
      },
    });
  }

  for (const method of READING) {
    app.route({
      method,
      url: '/shares/:secret/archive.zip',
      schema: {
        operationId: 'getSharedArchive',
        summary: 'All files of the recording that a link leads to, in one zip.',
        tags,
        params: SecretParamsSchema,
        response: { ...ARCHIVE_RESPONSES, ...problems(...SHARE_PROBLEMS, 'wrong_state') },
      },
      handler: async (request, reply) => downloads.sendArchive(request, reply, await find(request)),
    });
  }

  done();
};

export const baseOf = (secret: string): string => `/api/v1/shares/${secret}`;

export const shareResource = (share: Share): Static<typeof ShareSchema> => ({
  id: share.id,
  createdAt: timeOf(share.createdAt),
  expiresAt: timeOf(share.expiresAt),
  revokedAt: share.revokedAt === null ? null : timeOf(share.revokedAt),
  hasPassword: share.lockHash !== null,
});
