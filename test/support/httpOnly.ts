import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ApiKeys } from '../../server/accounts/ApiKeys.ts';
import { OpenIdSignIn } from '../../server/accounts/OpenIdSignIn.ts';
import { createPeople, type People } from '../../server/accounts/People.ts';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createLogger } from '../../server/base/logger.ts';
import { createCalls, type Calls } from '../../server/calls/createCalls.ts';
import { createHttp, type HttpOptions } from '../../server/http/http.ts';
import type { OpenIdConfig } from '../../server/config.ts';
import { OpenIdClient } from '../../server/openid/OpenIdClient.ts';
import { createPush, type Push, type PushNetwork } from '../../server/push/createPush.ts';
import { RecordingService } from '../../server/recordings/RecordingService.ts';
import { RecordingShares } from '../../server/recordings/RecordingShares.ts';
import { RoomRegistry } from '../../server/rooms/RoomRegistry.ts';
import { Database } from '../../server/storage/Database.ts';
import { DiskVault } from '../../server/storage/DiskVault.ts';
import { peopleStores } from '../../server/storage/peopleStores.ts';
import { SqlApiKeys } from '../../server/storage/SqlApiKeys.ts';
import { SqlCallPlans } from '../../server/storage/SqlCallPlans.ts';
import { SqlCalls } from '../../server/storage/SqlCalls.ts';
import { SqlErasures } from '../../server/storage/SqlErasures.ts';
import { SqlGreetings } from '../../server/storage/SqlGreetings.ts';
import { SqlWebhooks } from '../../server/storage/SqlWebhooks.ts';
import { createWebhooks } from '../../server/webhooks/createWebhooks.ts';
import type { Webhooks } from '../../server/webhooks/Webhooks.ts';
import { SqlMailboxes } from '../../server/storage/SqlMailboxes.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import { SqlPushSubscriptions } from '../../server/storage/SqlPushSubscriptions.ts';
import { SqlRecordings } from '../../server/storage/SqlRecordings.ts';
import { SqlRenders } from '../../server/storage/SqlRenders.ts';
import { SqlRooms } from '../../server/storage/SqlRooms.ts';
import { SqlShares } from '../../server/storage/SqlShares.ts';
import { Greetings } from '../../server/voicemail/Greetings.ts';
import { Mailboxes } from '../../server/voicemail/Mailboxes.ts';
import { SqlTranscripts } from '../../server/storage/SqlTranscripts.ts';
import { Transcripts } from '../../server/voicemail/Transcripts.ts';
import { VoicemailService } from '../../server/voicemail/VoicemailService.ts';
import { noSoundMaker, noSounds } from './noSounds.ts';
import { PreviewFinisher } from './PreviewFinisher.ts';
import { StandInRenderer } from './StandInRenderer.ts';

export const ADMIN_KEY = 'admin-key-admin-key-admin-key';
export const TOKEN_SECRET = Buffer.alloc(32, 7);
/** Those of the example of RFC 8291, appendix A. */
export const VAPID = {
  privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  publicKey:
    'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
};

export interface HttpOnly {
  readonly app: FastifyInstance;
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly people: People;
  readonly apiKeys: ApiKeys;
  readonly calls: Calls;
  readonly push: Push;
  readonly store: SqlRecordings;
  readonly messages: SqlMessages;
  readonly mailboxes: Mailboxes;
  readonly greetings: Greetings;
  readonly webhooks: Webhooks;
  readonly webhookStore: SqlWebhooks;
  readonly vault: DiskVault;
  readonly finisher: PreviewFinisher;
  readonly renderer: StandInRenderer;
  /** Where recordings lie. */
  readonly folder: string;
  readonly clock: FakeClock;
}

/**
 * The edge with real storage and no media: nothing listens, time stands still. What it wrote goes
 * when `app` is closed.
 */
export const httpOnly = async ({
  openId,
  pushNetwork,
  ...options
}: Omit<Partial<HttpOptions>, 'config'> & {
  config?: Partial<HttpOptions['config']>;
  openId?: OpenIdConfig;
  pushNetwork?: PushNetwork;
} = {}): Promise<HttpOnly> => {
  const root = mkdtempSync(join(tmpdir(), 'roomtone-test-'));
  const clock = new FakeClock();
  const { logger = createLogger('silent') } = options;
  const database = await Database.open(join(root, 'test.db'));
  const rooms = new RoomRegistry({
    pool: { open: () => Promise.reject(new Error('There is no media here')) },
    store: new SqlRooms(database),
    clock,
    logger,
  });
  const folder = join(root, 'recordings');
  const store = new SqlRecordings(database);
  const vault = await DiskVault.create(folder);
  const finisher = new PreviewFinisher();
  const renderer = new StandInRenderer(folder);
  const recordings = new RecordingService({
    rooms,
    store,
    vault,
    shares: new RecordingShares({ store: new SqlShares(database), recordings: store, clock }),
    erasures: new SqlErasures(database),
    openTape: () => Promise.reject(new Error('There is no tape here')),
    finisher,
    clock,
    logger,
    retention: { keepDays: null, keepBytes: null },
    maxLengthMs: 3_600_000,
    rendering: {
      renderer,
      store: new SqlRenders(database),
      atOnce: 1,
      automatic: false,
    },
  });
  const people = createPeople({
    stores: peopleStores(database),
    clock,
    logger,
    timeZone: 'UTC',
  });
  const messages = new SqlMessages(database);
  const mailboxes = new Mailboxes({
    store: messages,
    mailboxes: new SqlMailboxes(database),
    accounts: people.accounts,
    recordings,
    clock,
    logger,
  });
  const greetings = new Greetings({
    store: new SqlGreetings(database),
    sounds: noSounds,
    maker: noSoundMaker,
    clock,
  });
  const voicemail = new VoicemailService({
    store: messages,
    mailboxes,
    rooms,
    recordings,
    sounds: noSounds,
    greetings,
    tokenSecret: TOKEN_SECRET,
    clock,
    logger,
  });
  const push = createPush({
    store: new SqlPushSubscriptions(database),
    vapid: VAPID,
    publicUrl: options.config?.publicUrl,
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
    tokenSecret: TOKEN_SECRET,
    clock,
    logger,
  });
  const apiKeys = new ApiKeys({ store: new SqlApiKeys(database), clock });
  const webhookStore = new SqlWebhooks(database);
  const webhooks = createWebhooks({
    store: webhookStore,
    network: pushNetwork,
    clock,
    logger,
  });
  const app = createHttp({
    secrets: { adminKey: ADMIN_KEY, tokenSecret: TOKEN_SECRET },
    rooms,
    recordings,
    people,
    push,
    openIdSignIn:
      openId &&
      new OpenIdSignIn({
        provider: new OpenIdClient({ ...openId, clock }),
        accounts: people.accounts,
        clock,
        tokenSecret: TOKEN_SECRET,
      }),
    calls,
    voicemail,
    mailboxes,
    transcripts: new Transcripts({
      store: new SqlTranscripts(database),
      mailboxes,
      recordings,
      transcriber: undefined,
      clock,
      logger,
    }),
    greetings,
    webhooks,
    apiKeys,
    clock,
    logger,
    version: '0.0.0',
    checks: {},
    clientDir: '/nowhere',
    ...options,
    config: {
      publicUrl: undefined,
      rooms: 'open',
      tls: undefined,
      trustProxy: undefined,
      ...options.config,
    },
  });
  app.addHook('onClose', async () => {
    await calls.close();
    await recordings.close();
    await database.close();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    app,
    rooms,
    recordings,
    people,
    apiKeys,
    calls,
    push,
    store,
    messages,
    mailboxes,
    greetings,
    webhooks,
    webhookStore,
    vault,
    finisher,
    renderer,
    folder,
    clock,
  };
};
