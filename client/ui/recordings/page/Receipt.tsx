import type { JSX } from 'preact';
import type { ErasureResource } from '../../../../server/protocol/erasures.ts';
import { sizeWords } from '../../recording/afterWords.ts';
import { whenWords } from '../../parts/when.ts';

/** That somebody was erased; to be kept by whoever asked for it. */
export const Receipt = ({ receipt }: { receipt: ErasureResource }): JSX.Element => {
  const { files, renders, erasedAt, askedAt, participantId } = receipt;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const deleted = files.length === 1 ? 'One file was' : `${files.length} files were`;
  const again = renders.length === 1 ? 'one video is' : `${renders.length} videos are`;
  const text = JSON.stringify(receipt, undefined, 2);
  return (
    <div class="notice rp-receipt" role="status">
      <p>
        Erased {whenWords(erasedAt ?? askedAt)}. {deleted} deleted ({sizeWords(bytes)})
        {renders.length > 0 && `; ${again} made again`}.
      </p>
      <a
        class="button small"
        download={`erased-${participantId}.json`}
        href={`data:application/json,${encodeURIComponent(text)}`}
      >
        Download the receipt
      </a>
    </div>
  );
};
