import type { Account } from '../accounts/Account.ts';
import type { Message } from '../voicemail/Message.ts';

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What somebody is told of a message. `page`: where it is heard; undefined: nobody knows our address. */
export const composeMail = (
  { from, urgent, partial, note, durationMs, createdAt }: Message,
  { displayName, settings }: Pick<Account, 'displayName' | 'settings'>,
  page: string | undefined,
): Composed => {
  const caller = from.name === null ? `${from.displayName} (a guest)` : from.displayName;
  const length = clock(durationMs);
  const when = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: settings.timeZone,
  }).format(createdAt);
  const lines = [
    `${caller} left you a message (${length}) on ${when}.`,
    ...(partial ? ['It was cut short.'] : []),
    ...(note === null ? [] : [`They wrote: ${note}`]),
  ];
  const listen = page === undefined ? [] : [`Listen to it: ${page}`];
  return {
    subject: `${urgent ? 'Urgent: ' : ''}Voicemail from ${from.displayName} (${length})`,
    text: [`Hello ${displayName},`, ...lines, ...listen].join('\n\n'),
    html: [
      `<p>Hello ${escaped(displayName)},</p>`,
      ...lines.map((line) => `<p>${escaped(line)}</p>`),
      ...(page === undefined ? [] : [`<p><a href="${escaped(page)}">Listen to it</a></p>`]),
    ].join('\n'),
  };
};

const clock = (ms: number): string => {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
