import type { Logger } from '../base/logger.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Mailboxes } from './Mailboxes.ts';
import { isFilm, type Message } from './Message.ts';

/** Of messages with a picture: one video that every browser plays, made while nobody waits for it. */
export const makeFilms = ({
  mailboxes,
  recordings,
  logger,
}: {
  mailboxes: Mailboxes;
  recordings: RecordingService;
  logger: Logger;
}): void => {
  const wish = async ({ files, recordingId, forwardedBy }: Message): Promise<void> => {
    // Its film was made, or is being made, where it was left.
    if (forwardedBy !== null) return;
    const person = files.find(isFilm)?.participant?.id;
    if (recordingId === null || person === undefined) return;
    await recordings.renders.request(recordingId, { layout: 'single', person });
  };
  mailboxes.on('arrived', (message) => {
    wish(message).catch((error: unknown) => {
      logger.error({ message: message.id, err: error }, 'no video is made');
    });
  });
  recordings.on('rendered', (record) => {
    if (record.voicemail === undefined) return;
    mailboxes.rendered(record).catch((error: unknown) => {
      logger.error({ recording: record.id, err: error }, 'the video is not told of');
    });
  });
};
