import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is behind the worker's SRTP, by the record that set-up keeps beside the binary. */
export const cryptoLibrary = (): string => {
  const bin = process.env['MEDIASOUP_WORKER_BIN'];
  try {
    const record: unknown = JSON.parse(
      readFileSync(join(dirname(bin ?? ''), 'worker.json'), 'utf8'),
    );
    if (typeof record === 'object' && record !== null && 'crypto' in record) {
      return `SRTP by ${String(record.crypto)}`;
    }
  } catch {
    // A worker that set-up did not make.
  }
  return 'SRTP library unknown';
};
