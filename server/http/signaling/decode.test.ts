import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../base/AppError.ts';
import { decodeFrame, decodeRequest, isRequestName } from './decode.ts';

const badRequest = expect.objectContaining({ code: 'bad_request' });

describe('a frame', () => {
  test('is a request or a response', () => {
    const request = { request: true, id: 0, method: 'ping' };
    const answer = { response: true, id: 0xffffffff, ok: true, data: {} };
    const refusal = { response: true, id: 1, ok: false, errorCode: 404, errorReason: 'not_found' };
    for (const frame of [request, answer, refusal]) {
      expect(decodeFrame(JSON.stringify(frame))).toEqual(frame);
    }
  });

  test('of anything else is a bad request and nothing worse', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(JSON.stringify)), (text) => {
        expect(() => decodeFrame(text ?? '')).toThrow(badRequest);
      }),
    );
  });
});

describe('the data of a request', () => {
  test('names the place that is wrong', () => {
    expect(() => decodeRequest('join', { room: 'a', name: 7 })).toThrow(/^join: .*\/name/);
    expect(() => decodeRequest('setView', { tiles: [{ trackId: 'x' }] })).toThrow(/\/tiles\/0/);
  });

  test('may be left out where it is empty', () => {
    expect(decodeRequest('ping', undefined)).toEqual({});
    expect(decodeRequest('leave', {})).toEqual({});
    expect(() => decodeRequest('join', undefined)).toThrow(badRequest);
  });

  test('is refused in few words, however much is wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const outcome = attempt(() => decodeRequest('join', data));
        expect(outcome).toBeInstanceOf(AppError);
        expect((outcome as AppError).message.length).toBeLessThanOrEqual(300);
      }),
    );
  });

  test('knows its names from a list, not from an object', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'valueOf']) {
      expect(isRequestName(name)).toBe(false);
    }
    expect(isRequestName('join')).toBe(true);
  });
});

const attempt = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return error;
  }
};
