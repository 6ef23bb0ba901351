import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { waitFor } from './waitFor.ts';

/** A real server of mail on loopback, for one person who keeps all of it. */
export class MailSink {
  readonly mails: ParsedMail[] = [];
  /** Answers to the next attempts: 451 comes again, 550 does not. */
  readonly refusals: number[] = [];
  /** However they ended. */
  attempts = 0;
  readonly #server: SMTPServer;

  static async open(): Promise<MailSink> {
    const sink = new MailSink();
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server.server, 'listening');
    return sink;
  }

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_address, _session, done) => {
        this.attempts += 1;
        const status = this.refusals.shift();
        if (status === undefined) return done();
        done(Object.assign(new Error('not now'), { responseCode: status }));
      },
      onData: (stream, _session, done) => {
        simpleParser(stream, {}, (error: Error | null, mail) => {
          if (!error) this.mails.push(mail);
          done(error);
        });
      },
    });
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** The n-th that came, n from 1. */
  async mail(n: number): Promise<ParsedMail> {
    const mails = await waitFor(
      `${n} mails are there`,
      () => this.mails,
      ({ length }) => length >= n,
      { timeoutMs: 30_000 },
    );
    return mails[n - 1]!;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
