import { createTransport } from 'nodemailer';
import { MailNotices, type MailNoticesOptions } from './MailNotices.ts';

/** Longer waits for slower servers; the next message waits meanwhile. */
const TIMEOUT_MS = 10_000;

export interface MailOptions extends Omit<MailNoticesOptions, 'transport'> {
  /** `smtp://user:password@mail.example.org:587`. */
  readonly smtpUrl: string;
}

export const createMail = ({ smtpUrl, ...options }: MailOptions): MailNotices => {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing that a caller says names a file of ours, or a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new MailNotices({ ...options, transport });
};
