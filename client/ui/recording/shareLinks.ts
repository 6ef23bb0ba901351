/** Where a share's files are; `share` is the link that the server made. */

export const secretOf = (share: string): string =>
  new URL(share, location.href).pathname.split('/').findLast((part) => part !== '') ?? '';

const inShare = (share: string, rest: string): string =>
  `/api/v1/shares/${encodeURIComponent(secretOf(share))}/${rest}`;

export const archiveOf = (share: string): string => inShare(share, 'archive.zip');

export const fileOf = (share: string, name: string): string =>
  inShare(share, `files/${encodeURIComponent(name)}`);

/** A download, even some time after the click that asked for it. */
export const save = (href: string): void => {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
};
