import { open, type FileHandle } from 'node:fs/promises';
import type { PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import type { PacketSink } from './PacketSink.ts';
import { element, MAX_SIZE_BYTES, size, unsigned } from './ebml.ts';
import { blockHead, ebmlHeader, ID, infoOf, PICTURES, SOUNDS, tracksOf } from './matroska.ts';

/** A player can begin at a cluster that begins with a key picture; such are at least so far apart. */
const MIN_CUE_MS = 2_000;
/** Clusters of sound alone, or between key pictures that are rare. 32 s are the most that is possible. */
const MAX_CLUSTER_MS = 5_000;
/** A cluster is put together in memory, so that its length can be written before it. */
const MAX_CLUSTER_BYTES = 4 * 1024 * 1024;
/** A cue's time, track, and position in a file of any size take less. */
const CUE_BYTES = 26;
const SEGMENT_SIZE_BYTES = 8;
/** The shortest element is an id and a length. */
const MIN_VOID_BYTES = 2;

export interface WebmOptions {
  readonly pictures: PictureFormat | undefined;
  readonly durationMs: number;
}

interface Cue {
  readonly ms: number;
  readonly position: number;
}

/** A WebM file with its duration and, in front, its index: a player seeks without reading the end. */
export class WebmFile implements PacketSink {
  readonly #file: FileHandle;
  readonly #track: number;
  /** Where the segment's content begins; positions are counted from there. */
  readonly #segmentAt: number;
  readonly #cuesAt: number;
  readonly #cuesBytes: number;
  readonly #cues: Cue[] = [];
  #cueMs = -Infinity;
  #end: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #clusterMs = -Infinity;

  static async create(path: string, options: WebmOptions): Promise<WebmFile> {
    const file = await open(path, 'w');
    try {
      const head = headOf(options);
      await writeAll(file, Buffer.concat(head.parts), 0);
      return new WebmFile(file, options, head);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private constructor(
    file: FileHandle,
    { pictures }: WebmOptions,
    { segmentAt, cuesAt, cuesBytes }: Head,
  ) {
    this.#file = file;
    this.#track = pictures ? PICTURES : SOUNDS;
    this.#segmentAt = segmentAt;
    this.#cuesAt = cuesAt;
    this.#cuesBytes = cuesBytes;
    this.#end = cuesAt + cuesBytes;
  }

  picture(picture: TimedData): Promise<void> | undefined {
    return this.#block(PICTURES, picture);
  }

  sound(sound: TimedData): Promise<void> | undefined {
    return this.#block(SOUNDS, sound);
  }

  async finish(): Promise<void> {
    await this.#writeCluster();
    await writeAll(this.#file, this.#index(), this.#cuesAt);
    const segmentSize = size(this.#end - this.#segmentAt, SEGMENT_SIZE_BYTES);
    await writeAll(this.#file, segmentSize, this.#segmentAt - SEGMENT_SIZE_BYTES);
    await this.close();
  }

  /** Idempotent. For one that is not finished. */
  async close(): Promise<void> {
    if (this.#file.fd >= 0) await this.#file.close();
  }

  #block(track: number, packet: TimedData): Promise<void> | undefined {
    const isEntry = track === this.#track && packet.isKey && packet.ms - this.#cueMs >= MIN_CUE_MS;
    const isDue =
      (isEntry && track === PICTURES) ||
      packet.ms - this.#clusterMs >= MAX_CLUSTER_MS ||
      this.#bytes >= MAX_CLUSTER_BYTES;
    const written = isDue ? this.#writeCluster() : undefined;
    if (isDue) this.#begin(packet.ms, isEntry);
    this.#parts.push(blockHead(track, packet, this.#clusterMs), packet.data);
    this.#bytes += packet.data.length;
    return written;
  }

  #begin(ms: number, isEntry: boolean): void {
    this.#clusterMs = ms;
    this.#parts.push(element(ID.timestamp, unsigned(ms)));
    if (!isEntry) return;
    this.#cueMs = ms;
    this.#cues.push({ ms, position: this.#end - this.#segmentAt });
  }

  /** `#end` is right at once, before it is on the disk. */
  async #writeCluster(): Promise<void> {
    if (this.#parts.length === 0) return;
    const length = this.#parts.reduce((sum, part) => sum + part.length, 0);
    const bytes = Buffer.concat([unsigned(ID.cluster), size(length), ...this.#parts]);
    const at = this.#end;
    this.#parts = [];
    this.#bytes = 0;
    this.#end += bytes.length;
    await writeAll(this.#file, bytes, at);
  }

  /** The cues, and nothing up to where the first cluster begins. */
  #index(): Buffer {
    const points = this.#cues.map(({ ms, position }) =>
      element(
        ID.cuePoint,
        element(ID.cueTime, unsigned(ms)),
        element(
          ID.cueTrackPositions,
          element(ID.cueTrack, unsigned(this.#track)),
          element(ID.cueClusterPosition, unsigned(position)),
        ),
      ),
    );
    const cues = Buffer.concat([
      unsigned(ID.cues),
      size(
        points.reduce((sum, { length }) => sum + length, 0),
        MAX_SIZE_BYTES,
      ),
      ...points,
    ]);
    return Buffer.concat([cues, nothing(this.#cuesBytes - cues.length)]);
  }
}

interface Head {
  readonly parts: Buffer[];
  readonly segmentAt: number;
  readonly cuesAt: number;
  readonly cuesBytes: number;
}

const headOf = ({ pictures, durationMs }: WebmOptions): Head => {
  const ebml = ebmlHeader('webm');
  const segment = Buffer.concat([unsigned(ID.segment), size(0, SEGMENT_SIZE_BYTES)]);
  const [info, tracks] = [infoOf(durationMs), tracksOf(pictures)];
  const seekLength = seekHead([0, 0, 0]).length;
  const tracksAt = seekLength + info.length;
  const cuesAt = tracksAt + tracks.length;
  const maxCues = Math.ceil(durationMs / (pictures ? MIN_CUE_MS : MAX_CLUSTER_MS)) + 1;
  const cuesBytes = unsigned(ID.cues).length + MAX_SIZE_BYTES + maxCues * CUE_BYTES;
  const segmentAt = ebml.length + segment.length;
  const seek = seekHead([seekLength, tracksAt, cuesAt]);
  return {
    parts: [ebml, segment, seek, info, tracks, nothing(cuesBytes)],
    segmentAt,
    cuesAt: segmentAt + cuesAt,
    cuesBytes,
  };
};

/** Where info, tracks and cues are; as long whatever the positions. */
const seekHead = (positions: readonly [number, number, number]): Buffer =>
  element(
    ID.seekHead,
    ...[ID.info, ID.tracks, ID.cues].map((id, i) => {
      const position = Buffer.alloc(4);
      position.writeUInt32BE(positions[i] ?? 0);
      return element(ID.seek, element(ID.seekId, unsigned(id)), element(ID.seekPosition, position));
    }),
  );

/** A disk that is nearly full takes a part. */
const writeAll = async (file: FileHandle, bytes: Buffer, position: number): Promise<void> => {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, null, position + at);
    at += bytesWritten;
  }
};

/** An element without meaning that is just so long. */
const nothing = (bytes: number): Buffer => {
  if (bytes < MIN_VOID_BYTES) return Buffer.alloc(0);
  const lengthBytes = bytes > MIN_VOID_BYTES + MAX_SIZE_BYTES ? MAX_SIZE_BYTES : 1;
  const content = bytes - 1 - lengthBytes;
  return Buffer.concat([unsigned(ID.void), size(content, lengthBytes), Buffer.alloc(content)]);
};
