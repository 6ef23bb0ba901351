import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { AppError } from '../../base/AppError.ts';
import type { RecordingId } from '../../protocol/ids.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import { contentDisposition } from '../contentDisposition.ts';
import { describeFile } from '../fileAnswer.ts';
import { openArchive } from './archive.ts';
import { downloadName, recordingName } from './downloadNames.ts';

/** Who does not read for so long is gone, or holds files open for nothing. */
const IDLE_MS = 60_000;

export const DownloadQuerySchema = Type.Object({
  disposition: Type.Optional(
    Type.Enum(['attachment', 'inline'], { description: '`inline` for players in a page.' }),
  ),
});

/** Sends what is kept of recordings, to whoever was found to may have it. */
export class Downloads {
  readonly #recordings: RecordingService;
  readonly #idleMs: number;

  constructor({ recordings, idleMs = IDLE_MS }: { recordings: RecordingService; idleMs?: number }) {
    this.#recordings = recordings;
    this.#idleMs = idleMs;
  }

  /** AppError `not_found`, `range_not_satisfiable`. */
  async sendFile(
    request: FastifyRequest,
    reply: FastifyReply,
    id: RecordingId,
    { name, disposition = 'attachment' }: { name: string } & Static<typeof DownloadQuerySchema>,
  ): Promise<FastifyReply> {
    const { file, recorded, record } = await this.#recordings.openFile(id, name);
    try {
      const preview = recorded ? undefined : await this.#preview(record, name);
      // What is not as it was when it was hashed must not be taken for it.
      const sha256 = recorded?.bytes === file.bytes ? recorded.sha256 : undefined;
      const type = recorded?.type ?? preview?.type ?? 'application/octet-stream';
      const about = recorded ?? {
        name,
        kind: 'track' as const,
        participant: null,
        source: null,
        ...preview,
      };
      const described = { file, type, name: downloadName(record, about), disposition, sha256 };
      const part = describeFile(request, reply, described);
      if (part && request.method === 'GET') return this.#send(reply, file.read(part));
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    return reply.send();
  }

  /** All files of a finished recording. AppError `wrong_state` while there are none. */
  async sendArchive(
    request: FastifyRequest,
    reply: FastifyReply,
    record: RecordingRecord,
  ): Promise<FastifyReply> {
    if (!isDone(record)) throw new AppError('wrong_state', `This recording is ${record.state}.`);
    const { bytes, stream } = openArchive(record, async ({ name }) => {
      const { file } = await this.#recordings.openFile(record.id, name);
      return file;
    });
    void reply.headers({
      'cache-control': 'private, no-cache',
      'content-type': 'application/zip',
      'content-length': bytes,
      'content-disposition': contentDisposition('attachment', `${recordingName(record)}.zip`),
    });
    if (request.method === 'GET') return this.#send(reply, stream);
    stream.destroy();
    return reply.send();
  }

  #send(reply: FastifyReply, stream: NodeJS.ReadableStream): FastifyReply {
    reply.raw.setTimeout(this.#idleMs, () => reply.raw.destroy());
    return reply.send(stream);
  }

  async #preview(record: RecordingRecord, name: string) {
    const previews = await this.#recordings.liveFiles(record);
    return previews.find((preview) => preview.name === name);
  }
}

const isDone = ({ state, files }: RecordingRecord): boolean =>
  files.length > 0 && (state === 'ready' || state === 'failed');
