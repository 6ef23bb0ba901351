import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { RecordedFile } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { OpenFile } from '../../recordings/Vault.ts';
import { fileName, recordingName } from './downloadNames.ts';

/**
 * From this many files on the long form of the directory is asked for. yazl takes it by itself where
 * it must, but foretells it too early for directories of 64 KiB, and then the size is wrong.
 */
const LONG_FORM_FROM = 100;

/**
 * All files of a recording in one folder of a zip, uncompressed: media does not get smaller, and so
 * the size is known before the first byte. A file is opened when its turn comes, and the one that is
 * open is closed when the stream is destroyed.
 */
export const openArchive = (
  record: RecordingRecord,
  open: (file: RecordedFile) => Promise<OpenFile>,
): { bytes: number; stream: Readable } => {
  const zip = new ZipFile();
  const stream = zip.outputStream as Readable;
  zip.on('error', (error: Error) => stream.destroy(error));
  const names = new Set<string>();
  for (const file of record.files) {
    const options = {
      size: file.bytes,
      compress: false,
      mtime: new Date(record.endedAt ?? record.startedAt),
      mode: 0o100_644,
    };
    const name = `${recordingName(record)}/${unique(fileName(file), names)}`;
    zip.addReadStreamLazy(name, options, (give) => {
      void read(file, open, stream).then(
        (content) => content && give(null, content),
        (error: Error) => stream.destroy(error),
      );
    });
  }
  let bytes = -1;
  const foretold = (size: number): void => {
    bytes = size;
  };
  const forceZip64Format = record.files.length >= LONG_FORM_FROM;
  // It is called with the size, whatever its types say, and at once as all sizes are known.
  zip.end({ forceZip64Format, comment: '' }, foretold as () => void);
  return { bytes, stream };
};

/** Undefined when nobody waits for it any more. */
const read = async (
  file: RecordedFile,
  open: (file: RecordedFile) => Promise<OpenFile>,
  archive: Readable,
): Promise<Readable | undefined> => {
  if (archive.destroyed) return undefined;
  const opened = await open(file);
  if (archive.destroyed) {
    await opened.close();
    return undefined;
  }
  const content = opened.read();
  content.once('error', (error) => archive.destroy(error));
  const stop = (): unknown => content.destroy();
  archive.once('close', stop);
  content.once('close', () => archive.off('close', stop));
  return content;
};

/** Two people may have one name. */
const unique = (name: string, taken: Set<string>): string => {
  const dot = name.lastIndexOf('.');
  let free = name;
  // File systems of Windows and macOS take upper and lower case for the same.
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) {
    free = `${name.slice(0, dot)} ${n}${name.slice(dot)}`;
  }
  taken.add(free.toLowerCase());
  return free;
};
