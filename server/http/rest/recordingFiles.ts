import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { FileNameSchema } from '../../protocol/recordings.ts';
import type { Access } from './Access.ts';
import { DownloadQuerySchema, type Downloads } from './Downloads.ts';
import { ACCESS_PROBLEMS, problems } from './problems.ts';
import { RecordingParamsSchema } from './recordings.ts';

export interface RecordingFileRoutesOptions {
  readonly access: Access;
  readonly downloads: Downloads;
}

const security = [{ bearer: [] }];
const tags = ['recordings'];

/** Not left to Fastify, which would read the file to its end for HEAD. HEAD first, or it does. */
export const READING = ['HEAD', 'GET'] as const;

const bytesOf = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } },
});

/** What a file can be answered with when all is well. */
export const FILE_RESPONSES = {
  200: bytesOf('The file.', 'application/octet-stream'),
  206: bytesOf('The stretch that was asked for.', 'application/octet-stream'),
  304: { description: 'As the client has it.' },
};

export const ARCHIVE_RESPONSES = { 200: bytesOf('The archive.', 'application/zip') };

export const recordingFileRoutes: FastifyPluginCallbackTypebox<RecordingFileRoutesOptions> = (
  app,
  { access, downloads },
  done,
) => {
  for (const method of READING) {
    app.route({
      method,
      url: '/recordings/:id/files/:name',
      schema: {
        operationId: 'getRecordingFile',
        summary:
          'A file, whole or a Range of it; of a recording that still runs, what there is so far.',
        tags,
        security,
        params: Type.Object({ ...RecordingParamsSchema.properties, name: FileNameSchema }),
        querystring: DownloadQuerySchema,
        response: {
          ...FILE_RESPONSES,
          ...problems(...ACCESS_PROBLEMS, 'bad_request', 'range_not_satisfiable'),
        },
      },
      handler: async (request, reply) => {
        const { id, name } = request.params;
        await access.requireRecording(request, id, 'readRecordings');
        return downloads.sendFile(request, reply, id, { name, ...request.query });
      },
    });
  }

  for (const method of READING) {
    app.route({
      method,
      url: '/recordings/:id/archive.zip',
      schema: {
        operationId: 'getRecordingArchive',
        summary: 'All files of a recording that is ready, in one zip.',
        tags,
        security,
        params: RecordingParamsSchema,
        response: { ...ARCHIVE_RESPONSES, ...problems(...ACCESS_PROBLEMS, 'wrong_state') },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const record = await access.requireRecording(request, id, 'readRecordings');
        return downloads.sendArchive(request, reply, record);
      },
    });
  }

  done();
};
