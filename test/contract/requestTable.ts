import { newId } from '../../server/protocol/ids.ts';
import type { RoomRequestName } from '../../server/protocol/signaling.ts';
import { camera, dtlsParameters, microphone, opus, vp8 } from '../support/rtp.ts';
import { newRoom, type Joined, type Row } from './requestRow.ts';

/** Every request of the protocol: used as meant, used wrongly, used at the wrong time. */

const someId = '01234567-89ab-4cde-8f01-23456789abcd';
export const someSecret = 'x'.repeat(43);

/** Somebody else in the room of `joined`, sending a track. */
const neighbour = async ({ enter, snapshot }: Joined) => {
  const other = await enter(snapshot.room.name);
  const { trackId } = await other.client.request('publish', microphone());
  return { trackId, id: other.snapshot.self.id };
};

export const requestTable: { [N in RoomRequestName]: Row<N> } = {
  join: {
    valid: () => ({ room: newRoom(), name: 'Ann' }),
    invalid: [
      {},
      { room: 'a' },
      { name: 'Ann' },
      { room: '../a', name: 'Ann' },
      { room: 'a'.repeat(65), name: 'Ann' },
      { room: 'room_1', name: 'Ann' },
      { room: 'a', name: '' },
      { room: 'a', name: 'A\nB' },
      { room: 'a', name: 'A\u202eB' },
      { room: 'a', name: 'A'.repeat(65) },
      { room: 'a', name: 'Ann', role: 'owner' },
      { room: 'a', name: 'Ann', token: '' },
      { room: 'a', name: 'Ann', ownerSecret: 'short' },
      { room: { $ne: '' }, name: 'Ann' },
      JSON.parse('{"room":"a","name":"Ann","__proto__":{"role":"owner"}}'),
      [],
      'a',
    ],
    unjoined: 'answered',
    refused: {
      'a second time': {
        code: 'wrong_state',
        data: () => Promise.resolve({ room: newRoom(), name: 'Ann' }),
      },
    },
  },
  resume: {
    valid: async ({ enter }) => {
      const gone = await enter();
      await gone.client.settled();
      await gone.client.cut();
      return { resumeToken: gone.snapshot.self.resumeToken };
    },
    invalid: [{}, { resumeToken: 1 }, { resumeToken: '' }, { resumeToken: `${someSecret}=` }],
    unjoined: 'not_found',
    refused: {
      'when joined already': {
        code: 'wrong_state',
        data: ({ snapshot }) => Promise.resolve({ resumeToken: snapshot.self.resumeToken }),
      },
    },
  },
  leave: { valid: () => ({}), invalid: [{ why: 'bored' }, [], 1], unjoined: 'wrong_state' },
  ping: { valid: () => ({}), invalid: [{ at: 1 }, [], 'now'], unjoined: 'answered' },
  receive: {
    valid: ({ snapshot }) => ({ rtpCapabilities: snapshot.media.rtpCapabilities }),
    invalid: [
      {},
      { rtpCapabilities: null },
      { rtpCapabilities: { codecs: [{ mimeType: 'audio/opus' }] } },
      { rtpCapabilities: { codecs: {} } },
    ],
    unjoined: 'wrong_state',
    refused: {
      'a second time': {
        code: 'wrong_state',
        data: async ({ client, snapshot }) => {
          const { rtpCapabilities } = snapshot.media;
          await client.request('receive', { rtpCapabilities });
          return { rtpCapabilities };
        },
      },
    },
  },
  connectTransport: {
    valid: ({ snapshot }) => ({
      transportId: snapshot.media.send.id,
      dtlsParameters: dtlsParameters(),
    }),
    invalid: [
      {},
      { transportId: '', dtlsParameters: dtlsParameters() },
      { transportId: someId, dtlsParameters: {} },
      { transportId: someId, dtlsParameters: { fingerprints: [] } },
      ...[
        { algorithm: 'sha-256', value: 'zz' },
        { algorithm: 'sha-256', value: 'AA:BB' },
        { algorithm: 'sha-1', value: dtlsParameters().fingerprints[0]!.value },
        { algorithm: 'md5', value: 'AA' },
      ].map((fingerprint) => ({
        transportId: someId,
        dtlsParameters: { fingerprints: [fingerprint] },
      })),
      { transportId: someId, dtlsParameters: { ...dtlsParameters(), role: 'boss' } },
    ],
    unjoined: 'wrong_state',
    refused: {
      'a second time': {
        code: 'wrong_state',
        data: async ({ client, snapshot }) => {
          const data = {
            transportId: snapshot.media.send.id,
            dtlsParameters: dtlsParameters(),
          };
          await client.request('connectTransport', data);
          return data;
        },
      },
      "with another room's transport": {
        code: 'not_found',
        data: async ({ enter }) => ({
          transportId: (await enter()).snapshot.media.send.id,
          dtlsParameters: dtlsParameters(),
        }),
      },
    },
  },
  restartIce: {
    valid: ({ snapshot }) => ({ transportId: snapshot.media.receive.id }),
    invalid: [{}, { transportId: 7 }, { transportId: 'x'.repeat(36) }],
    unjoined: 'wrong_state',
    refused: {
      "with a neighbour's transport": {
        code: 'not_found',
        data: async ({ snapshot, enter }) => ({
          transportId: (await enter(snapshot.room.name)).snapshot.media.send.id,
        }),
      },
    },
  },
  publish: {
    valid: camera,
    invalid: [
      {},
      { ...microphone(), source: 'radio' },
      { ...microphone(), paused: 'no' },
      { ...camera(), width: 1e9 },
      { ...microphone(), participantId: newId('part') },
      { ...microphone(), rtpParameters: { ...opus(), encodings: [] } },
      {
        ...microphone(),
        rtpParameters: { ...opus(), encodings: Array.from({ length: 1000 }, () => ({ ssrc: 1 })) },
      },
      { ...microphone(), rtpParameters: { ...opus(), encodings: [{ ssrc: 1e12 }] } },
      { ...microphone(), rtpParameters: { ...opus(), encodings: [{ ssrc: -1 }] } },
      { ...microphone(), rtpParameters: { ...opus(), codecs: [] } },
      { ...microphone(), rtpParameters: { ...opus(), mid: 'm'.repeat(33) } },
    ],
    unjoined: 'wrong_state',
    refused: {
      'the same source twice': {
        code: 'wrong_state',
        data: async ({ client }) => {
          await client.request('publish', microphone());
          return microphone();
        },
      },
      'a picture as the microphone': {
        code: 'bad_request',
        data: () => Promise.resolve({ ...microphone(), rtpParameters: vp8() }),
      },
      'a voice as the camera': {
        code: 'bad_request',
        data: () => Promise.resolve({ ...camera(), rtpParameters: opus() }),
      },
      'a codec nobody here speaks': {
        code: 'bad_request',
        data: () => {
          const parameters = opus();
          parameters.codecs[0]!.mimeType = 'audio/PCMU';
          return Promise.resolve({ ...microphone(), rtpParameters: parameters });
        },
      },
    },
  },
  unpublish: {
    valid: async ({ client }) => client.request('publish', microphone()),
    invalid: [{}, { trackId: 1 }, { trackId: 'constructor' }],
    unjoined: 'wrong_state',
    refused: {
      "a neighbour's track": {
        code: 'not_found',
        data: async (joined) => ({ trackId: (await neighbour(joined)).trackId }),
      },
      'a track twice': {
        code: 'not_found',
        data: async ({ client }) => {
          const { trackId } = await client.request('publish', microphone());
          await client.request('unpublish', { trackId });
          return { trackId };
        },
      },
    },
  },
  pauseTrack: {
    valid: async ({ client }) => ({
      trackId: (await client.request('publish', microphone())).trackId,
      paused: true,
    }),
    invalid: [{}, { trackId: someId }, { trackId: someId, paused: 1 }],
    unjoined: 'wrong_state',
    refused: {
      "a neighbour's track": {
        code: 'not_found',
        data: async (joined) => ({ trackId: (await neighbour(joined)).trackId, paused: true }),
      },
    },
  },
  setView: {
    valid: async (joined) => ({
      tiles: [{ trackId: (await neighbour(joined)).trackId, width: 320, height: 180 }],
    }),
    invalid: [
      {},
      { tiles: [{ trackId: someId }] },
      { tiles: [{ trackId: someId, width: -1, height: 1 }] },
      { tiles: [{ trackId: someId, width: 1.5, height: 1 }] },
      { tiles: Array.from({ length: 257 }, () => ({ trackId: someId, width: 1, height: 1 })) },
    ],
    unjoined: 'wrong_state',
  },
  updateRoom: {
    valid: () => ({ locked: true, listed: true, recording: { consent: true, keepDays: 30 } }),
    invalid: [
      { locked: 'yes' },
      { name: 'mine' },
      { ownerSecret: someSecret },
      { recording: { allowed: 'nobody' } },
      { recording: { keepDays: 0 } },
      { recording: { keepBytes: 1 } },
      { recording: { hidden: true } },
    ],
    unjoined: 'wrong_state',
  },
  removeParticipant: {
    valid: async (joined) => ({ participantId: (await neighbour(joined)).id }),
    invalid: [{}, { participantId: someId }, { participantId: 'part_1' }],
    unjoined: 'wrong_state',
    refused: {
      'somebody of another room': {
        code: 'not_found',
        data: async ({ enter }) => ({ participantId: (await enter()).snapshot.self.id }),
      },
    },
  },
  startRecording: {
    valid: () => ({}),
    invalid: [{ room: 'another' }, [], 'now'],
    unjoined: 'wrong_state',
  },
  pauseRecording: {
    valid: async ({ client }) => {
      await client.request('startRecording', {});
      return {};
    },
    invalid: [{ id: someId }],
    unjoined: 'wrong_state',
    refused: {
      'when nobody records': { code: 'wrong_state', data: () => Promise.resolve({}) },
    },
  },
  resumeRecording: {
    valid: async ({ client }) => {
      await client.request('startRecording', {});
      await client.request('pauseRecording', {});
      return {};
    },
    invalid: [{ id: someId }],
    unjoined: 'wrong_state',
    refused: {
      'when nobody records': { code: 'wrong_state', data: () => Promise.resolve({}) },
    },
  },
  stopRecording: {
    valid: () => ({}),
    invalid: [{ id: someId }],
    unjoined: 'wrong_state',
  },
  consentToRecording: {
    valid: () => ({ agreed: true }),
    invalid: [{}, { agreed: 'yes' }, { agreed: true, participantId: someId }],
    unjoined: 'wrong_state',
  },
};
