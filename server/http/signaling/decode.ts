import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { AppError } from '../../base/AppError.ts';
import { ClientFrameSchema, type ClientFrame } from '../../protocol/envelope.ts';
import {
  clientRequests,
  type ClientRequestData,
  type ClientRequestName,
} from '../../protocol/signaling.ts';

/** Everything a client sends is decoded here, once, and trusted from then on. */

const frame = Compile(ClientFrameSchema);

const requestData = new Map<string, Validator>(
  Object.entries<{ data: TSchema }>(clientRequests).map(([name, { data }]) => [
    name,
    Compile(data),
  ]),
);

/** AppError `bad_request` for anything that is not one of the protocol's frames. */
export const decodeFrame = (text: string): ClientFrame => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('bad_request', 'This frame is not JSON', { cause: error });
  }
  if (!frame.Check(value)) throw new AppError('bad_request', 'This is no frame of the protocol');
  return value;
};

export const isRequestName = (name: string): name is ClientRequestName => requestData.has(name);

/** AppError `bad_request`, with the places that are wrong. */
export const decodeRequest = <N extends ClientRequestName>(
  name: N,
  data: unknown,
): ClientRequestData<N> => {
  const validator = requestData.get(name);
  const value = data ?? {};
  if (!validator?.Check(value)) {
    const [first] = validator?.Errors(value) ?? [];
    const where = first ? `${first.instancePath || '/'} ${first.message}` : 'unknown message';
    throw new AppError('bad_request', `${name}: ${where}`.slice(0, 300));
  }
  return value as ClientRequestData<N>;
};
