import type { Migration } from 'kysely/migration';
import { apiKeys } from './apiKeys.ts';
import { calls } from './calls.ts';
import { discardedMedia } from './discardedMedia.ts';
import { erasures } from './erasures.ts';
import { greetings } from './greetings.ts';
import { lockedShares } from './lockedShares.ts';
import { mailSettings } from './mailSettings.ts';
import { messageOrders } from './messageOrders.ts';
import { messageShares } from './messageShares.ts';
import { outbox } from './outbox.ts';
import { mailboxes } from './mailboxes.ts';
import { owners } from './owners.ts';
import { people } from './people.ts';
import { push } from './push.ts';
import { recordings } from './recordings.ts';
import { renders } from './renders.ts';
import { rooms } from './rooms.ts';
import { shares } from './shares.ts';
import { transcripts } from './transcripts.ts';
import { videoMessages } from './videoMessages.ts';
import { voicemail } from './voicemail.ts';
import { webhooks } from './webhooks.ts';

/** In this order, by name. One that was released is never changed: what is to change is a new one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-rooms': rooms,
  '002-recordings': recordings,
  '003-shares': shares,
  '004-api-keys': apiKeys,
  '005-renders': renders,
  '006-erasures': erasures,
  '007-locked-shares': lockedShares,
  '008-people': people,
  '009-calls': calls,
  '010-owners': owners,
  '011-push': push,
  '012-voicemail': voicemail,
  '013-outbox': outbox,
  '014-greetings': greetings,
  '015-message-orders': messageOrders,
  '016-video-messages': videoMessages,
  '017-transcripts': transcripts,
  '018-mail-settings': mailSettings,
  '019-discarded-media': discardedMedia,
  '020-webhooks': webhooks,
  '021-mailboxes': mailboxes,
  '022-message-shares': messageShares,
};
