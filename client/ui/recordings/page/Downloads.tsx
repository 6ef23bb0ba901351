import type { JSX } from 'preact';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { fileWords } from '../../recording/afterWords.ts';
import { archiveOf, fileOf } from '../../recording/shareLinks.ts';
import { copyText } from '../../parts/copyText.ts';
import { curlLine, groupsOf, useOf, type FileGroup, type ListedFile } from './fileGroups.ts';

const urlOf = (secret: string, name: string): string =>
  new URL(fileOf(secret, name), location.origin).href;

const FileRow = ({
  file,
  detail,
  secret,
}: {
  file: ListedFile;
  detail: string | null;
  secret: string;
}): JSX.Element => (
  <li class="rp-file">
    <a class="rp-file-link" href={fileOf(secret, file.name)} download>
      <Icon name="download" />
      <span>
        <span class="rp-file-name">{fileWords(file)}</span>
        <span class="small-print">
          {detail === null ? useOf(file) : `${detail}. ${useOf(file)}`}
        </span>
      </span>
    </a>
    <button
      type="button"
      class="button quiet icon-only"
      aria-label={`Copy the curl line of ${file.name}`}
      title="Copy the curl line"
      onClick={() => void copyText(curlLine(urlOf(secret, file.name)), 'Curl line copied.')}
    >
      <Icon name="copy" />
    </button>
  </li>
);

const Group = ({
  group: { title, words, files },
  detailOf,
  secret,
}: {
  group: FileGroup;
  detailOf: (file: ListedFile) => string | null;
  secret: string;
}): JSX.Element => (
  <div class="rp-files">
    <h3>{title}</h3>
    <p class="small-print">{words}</p>
    <ul>
      {files.map((file) => (
        <FileRow key={file.name} file={file} detail={detailOf(file)} secret={secret} />
      ))}
    </ul>
    <details>
      <summary>By command line</summary>
      <pre class="rp-curl" tabIndex={0} role="region" aria-label={`Curl lines: ${title}`}>
        {files.map(({ name }) => curlLine(urlOf(secret, name))).join('\n')}
      </pre>
    </details>
  </div>
);

/** Every file, sorted by what people want it for. */
export const Downloads = ({
  recording,
  secret,
  detailOf,
}: {
  recording: RecordingResource;
  secret: string;
  /** What more is known of a file. */
  detailOf: (file: ListedFile) => string | null;
}): JSX.Element => (
  <section class="rp-part" aria-labelledby="rp-downloads">
    <div class="rp-part-head">
      <h2 id="rp-downloads">Download</h2>
      <a class="button small" href={archiveOf(secret)} download>
        <Icon name="download" />
        Everything as zip
      </a>
    </div>
    <div class="rp-groups">
      {groupsOf(recording.files).map((group) => (
        <Group key={group.title} group={group} detailOf={detailOf} secret={secret} />
      ))}
    </div>
    <p class="small-print">
      A download that breaks off goes on where it was: press again, or use the curl line. These
      links are good for a limited time, for whoever has them.
    </p>
  </section>
);
