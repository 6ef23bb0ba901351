import { readFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { ApiKeys } from './accounts/ApiKeys.ts';
import { OpenIdSignIn } from './accounts/OpenIdSignIn.ts';
import { createPeople, type People } from './accounts/People.ts';
import { turnServers } from './accounts/turn.ts';
import { tokenNotValid, verifyJoinToken } from './accounts/tokens.ts';
import { systemClock, type Clock } from './base/Clock.ts';
import { createLogger, type Logger } from './base/logger.ts';
import { databaseTarget, type Config } from './config.ts';
import { createCalls, type Calls } from './calls/createCalls.ts';
import { firstAdministrator } from './firstAdministrator.ts';
import { createHttp } from './http/http.ts';
import { pageAllowed } from './http/origin.ts';
import { identityOf } from './http/rest/Access.ts';
import { socketRoute } from './http/signaling/socketRoute.ts';
import { findSetpriv } from './media/ffmpeg.ts';
import { createMail, type MailOptions } from './mail/createMail.ts';
import { FinishingThread } from './media/finish/FinishingThread.ts';
import { createTapes } from './media/journal/createTapes.ts';
import { GreetingMaker } from './media/GreetingMaker.ts';
import { SoundShelf } from './media/SoundShelf.ts';
import { WorkerPool } from './media/WorkerPool.ts';
import { RenderProcess } from './media/render/RenderProcess.ts';
import { OpenIdClient } from './openid/OpenIdClient.ts';
import { MessagePush } from './push/MessagePush.ts';
import type { UserId } from './protocol/ids.ts';
import { createPush, type PushNetwork } from './push/createPush.ts';
import { RecordingService } from './recordings/RecordingService.ts';
import { RecordingShares } from './recordings/RecordingShares.ts';
import { RoomRegistry } from './rooms/RoomRegistry.ts';
import { Sessions } from './rooms/Sessions.ts';
import { loadSecrets } from './secrets.ts';
import { SpeechService } from './speech/SpeechService.ts';
import { Database } from './storage/Database.ts';
import { DiskVault } from './storage/DiskVault.ts';
import { ExclusiveLock } from './storage/ExclusiveLock.ts';
import { peopleStores } from './storage/peopleStores.ts';
import { SqlApiKeys } from './storage/SqlApiKeys.ts';
import { SqlCallPlans } from './storage/SqlCallPlans.ts';
import { SqlCalls } from './storage/SqlCalls.ts';
import { SqlErasures } from './storage/SqlErasures.ts';
import { SqlGreetings } from './storage/SqlGreetings.ts';
import { SqlMailboxes } from './storage/SqlMailboxes.ts';
import { SqlMessages } from './storage/SqlMessages.ts';
import { SqlOutbox } from './storage/SqlOutbox.ts';
import { SqlPushSubscriptions } from './storage/SqlPushSubscriptions.ts';
import { SqlRecordings } from './storage/SqlRecordings.ts';
import { SqlRenders } from './storage/SqlRenders.ts';
import { SqlRooms } from './storage/SqlRooms.ts';
import { SqlWebhooks } from './storage/SqlWebhooks.ts';
import { SqlShares } from './storage/SqlShares.ts';
import { SqlTranscripts } from './storage/SqlTranscripts.ts';
import { Greetings } from './voicemail/Greetings.ts';
import { makeFilms } from './voicemail/films.ts';
import { createWebhooks, type WebhookNetwork } from './webhooks/createWebhooks.ts';
import { Mailboxes } from './voicemail/Mailboxes.ts';
import { Outbox, type Channel } from './voicemail/Outbox.ts';
import type { Sounds } from './voicemail/Sounds.ts';
import { Transcripts } from './voicemail/Transcripts.ts';
import type { Message } from './voicemail/Message.ts';
import { VoicemailService } from './voicemail/VoicemailService.ts';
import { tellWebhooks } from './webhookFacts.ts';

export interface App {
  readonly http: FastifyInstance;
  readonly pool: WorkerPool;
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly people: People;
  readonly calls: Calls;
  /** Brings back what a crash left behind, then listens; resolves with the address. */
  start(): Promise<string>;
  /** Idempotent. Order: http stops accepting, recordings stop, members leave, workers end, database. */
  close(): Promise<void>;
}

/** The composition root: picks the implementations and wires them. Rejects when a part cannot start. */
export const createApp = async (
  config: Config,
  {
    pushNetwork,
    webhookNetwork,
    sounds: ownSounds,
    clock = systemClock,
  }: {
    pushNetwork?: PushNetwork;
    webhookNetwork?: WebhookNetwork;
    /** In place of those that come with us. */
    sounds?: Sounds;
    clock?: Clock;
  } = {},
): Promise<App> => {
  const logger = createLogger(config.logLevel);
  const secrets = loadSecrets(config);
  // Closed from the last to the first, now if one of them cannot start, else at the end.
  await using parts = new AsyncDisposableStack();
  const database = await Database.open(databaseTarget(config));
  parts.defer(() => database.close());
  const lock = ExclusiveLock.ofFolder(config.recordingsDir, 'RECORDINGS_DIR');
  parts.defer(() => lock.release());
  const pool = await createPool(config, clock, logger);
  parts.defer(() => pool.close());
  const rooms = new RoomRegistry({ pool, store: new SqlRooms(database), clock, logger });
  parts.defer(() => rooms.close());
  const sessions = new Sessions(clock);
  parts.defer(() => sessions.close());
  const recordings = await createRecordings(config, { database, rooms, clock, logger });
  parts.defer(() => recordings.close());
  const people = createPeople({
    stores: peopleStores(database),
    clock,
    logger,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  parts.defer(() => people.signIns.close());
  const messages = new SqlMessages(database);
  const mailboxes = new Mailboxes({
    store: messages,
    mailboxes: new SqlMailboxes(database),
    accounts: people.accounts,
    recordings,
    clock,
    logger,
  });
  parts.defer(() => mailboxes.close());
  makeFilms({ mailboxes, recordings, logger });
  const transcripts = new Transcripts({
    store: new SqlTranscripts(database),
    mailboxes,
    recordings,
    transcriber: config.speech && new SpeechService(config.speech),
    clock,
    logger,
  });
  parts.defer(() => transcripts.close());
  const sounds = ownSounds ?? (await SoundShelf.create());
  const greetings = new Greetings({
    store: new SqlGreetings(database),
    sounds,
    maker: new GreetingMaker({
      ffmpegBin: config.ffmpegBin ?? 'ffmpeg',
      setprivBin: await findSetpriv(),
    }),
    clock,
  });
  const voicemail = new VoicemailService({
    store: messages,
    mailboxes,
    rooms,
    recordings,
    sounds,
    greetings,
    tokenSecret: secrets.tokenSecret,
    clock,
    logger,
  });
  const push = createPush({
    store: new SqlPushSubscriptions(database),
    vapid: secrets.vapid,
    publicUrl: config.publicUrl,
    network: pushNetwork,
    clock,
    logger,
  });
  const calls = createCalls({
    ...people,
    rooms,
    voicemail,
    mailboxes,
    stores: { calls: new SqlCalls(database), plans: new SqlCallPlans(database) },
    notices: push.notices,
    tokenSecret: secrets.tokenSecret,
    clock,
    logger,
  });
  const webhooks = createWebhooks({
    store: new SqlWebhooks(database),
    network: webhookNetwork,
    clock,
    logger,
  });
  parts.defer(() => webhooks.close());
  const known = { rooms, recordings, mailboxes, voicemail, accounts: people.accounts, logger };
  const told = tellWebhooks({ ...known, webhooks, openCalls: calls.open });
  parts.defer(() => told.close());
  const whom = {
    readersOf: (mailbox: UserId) => mailboxes.members.readersOf(mailbox),
    pageOf: async ({ id, mailbox }: Message) => {
      const owner = await people.accounts.find(mailbox);
      return `/voicemail?message=${id}${owner ? `&mailbox=${encodeURIComponent(owner.name)}` : ''}`;
    },
  };
  const outbox = new Outbox({
    store: new SqlOutbox(database),
    channels: [
      new MessagePush({
        notices: push.notices,
        ...whom,
        countOf: async (mailbox) => (await mailboxes.summary(mailbox)).new,
      }),
      ...mailOf(config, { ...known, ...whom }),
      told.channel,
    ],
    clock,
    logger,
  });
  parts.defer(() => outbox.close());
  mailboxes.on('arrived', () => outbox.wake());
  people.signIns.on('ended', ({ userId, id }) => {
    sessions.endOf(userId, id);
    voicemail.signedOut(userId, id);
  });
  people.accounts.on('removed', ({ id }) => {
    sessions.endOf(id);
    voicemail.mailboxGone(id).catch((error: unknown) => {
      logger.error({ err: error }, 'messages of somebody removed not gone');
    });
  });
  const http = createHttp({
    config,
    secrets,
    rooms,
    recordings,
    apiKeys: new ApiKeys({ store: new SqlApiKeys(database), clock }),
    people,
    push,
    openIdSignIn: createOpenIdSignIn(config, { people, clock, ...secrets }),
    calls,
    voicemail,
    mailboxes,
    transcripts,
    greetings,
    webhooks,
    clock,
    logger,
    version: packageVersion(),
    checks: {
      mediaWorkers: () => pool.pids.length === config.workers,
      dataDir: () => isWritable(config.dataDir),
      recordingsDir: () => isWritable(config.recordingsDir),
    },
    clientDir: fileURLToPath(new URL('../client/dist', import.meta.url)),
    register: (app, { roomStarts, callsPlaced }) =>
      socketRoute(app, {
        rooms,
        roomStarts,
        callsPlaced,
        calls: calls.service,
        pickUps: calls.pickUps,
        replies: calls.replies,
        voicemail,
        callHistory: calls.history,
        registrar: calls.registrar,
        identify: (request) => identityOf(request, people),
        sessions,
        recordings,
        clock,
        logger,
        openRooms: config.rooms === 'open',
        verifyToken: async (token, room) => {
          const bearer = await verifyJoinToken(token, room, secrets.tokenSecret, clock.now());
          if (calls.service.accepts(bearer)) return bearer;
          throw tokenNotValid();
        },
        iceServers: (id) => turnServers(config.turn, id, clock.now()),
        originAllowed: ({ headers, host }) => pageAllowed(headers, host, config.publicUrl),
      }),
  });
  const running = parts.move();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = http.close();
    await calls.close();
    await voicemail.close();
    await recordings.close();
    rooms.close();
    // A download goes on where it was cut once the server is back.
    http.server.closeAllConnections();
    await stopped;
    await running.disposeAsync();
  };
  return {
    http,
    pool,
    rooms,
    recordings,
    people,
    calls,
    async start() {
      await rooms.load();
      await firstAdministrator(people.accounts, config.dataDir);
      await calls.service.recover();
      await recordings.recover();
      await voicemail.recover();
      await mailboxes.tidy();
      await transcripts.recover();
      outbox.wake();
      webhooks.wake();
      await http.listen({ host: config.host, port: config.port });
      return address(config, http.server.address());
    },
    close: () => (closing ??= close()),
  };
};

/** Only browsers that are open ring. */
const createPool = (config: Config, clock: Clock, logger: Logger): Promise<WorkerPool> =>
  WorkerPool.create({
    count: config.workers,
    workerBin: config.mediasoupWorkerBin,
    listenIp: config.rtc.listenIp,
    announcedAddress: config.rtc.announcedAddress,
    firstPort: config.rtc.port,
    clock,
    logger,
  });

/** Where there is a server of mail. */
const mailOf = (
  { smtpUrl, mailFrom: from, publicUrl }: Config,
  known: Omit<MailOptions, 'smtpUrl' | 'from' | 'publicUrl'>,
): Channel[] => (smtpUrl === undefined ? [] : [createMail({ smtpUrl, from, publicUrl, ...known })]);

const createRecordings = async (
  {
    recordingsDir,
    ffmpegBin,
    recordings: { keepDays, keepBytes, maxLengthMs, renderAutomatically },
  }: Config,
  parts: { database: Database; rooms: RoomRegistry; clock: Clock; logger: Logger },
): Promise<RecordingService> => {
  const { database, clock, logger } = parts;
  const files = {
    folder: recordingsDir,
    ffmpegBin: ffmpegBin ?? 'ffmpeg',
    setprivBin: await findSetpriv(),
  };
  return new RecordingService({
    ...parts,
    store: new SqlRecordings(database),
    vault: await DiskVault.create(recordingsDir),
    shares: new RecordingShares({
      store: new SqlShares(database),
      recordings: new SqlRecordings(database),
      clock,
    }),
    erasures: new SqlErasures(database),
    openTape: createTapes({ recordingsDir, clock, logger }),
    finisher: await FinishingThread.create(files),
    retention: { keepDays, keepBytes },
    maxLengthMs,
    rendering: {
      renderer: new RenderProcess(files),
      store: new SqlRenders(database),
      // A render keeps more than one core busy.
      atOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
      automatic: renderAutomatically,
    },
  });
};

const createOpenIdSignIn = (
  { openId }: Config,
  { people, clock, tokenSecret }: { people: People; clock: Clock; tokenSecret: Uint8Array },
): OpenIdSignIn | undefined => {
  if (!openId) return undefined;
  const provider = new OpenIdClient({ ...openId, clock });
  return new OpenIdSignIn({ provider, accounts: people.accounts, clock, tokenSecret });
};

const packageVersion = (): string => {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  return version;
};

const isWritable = async (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

const address = (config: Config, bound: AddressInfo | string | null): string => {
  const port = typeof bound === 'object' && bound ? bound.port : config.port;
  const host = config.host === '127.0.0.1' ? 'localhost' : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
};
