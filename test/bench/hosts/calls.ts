/** Calls over the IPC channel between the bench and the processes it starts. */

export type Calls = Record<string, (...args: never[]) => unknown>;

export interface CallMessage {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface AnswerMessage {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface ReadyMessage {
  readonly ready: true;
}

/** In the child: answers the parent's calls from now on, and ends when the parent does. */
export const serveCalls = (calls: Calls): void => {
  process.on('message', (message: CallMessage) => void answer(calls, message));
  process.once('disconnect', () => process.exit(0));
  process.send?.({ ready: true } satisfies ReadyMessage);
};

const answer = async (calls: Calls, { call, name, args }: CallMessage): Promise<void> => {
  const reply = (rest: Omit<AnswerMessage, 'answer'>): void => {
    process.send?.({ answer: call, ...rest } satisfies AnswerMessage);
  };
  try {
    const run = calls[name];
    if (!run) throw new Error(`No call ${name}`);
    reply({ value: await run(...(args as never[])) });
  } catch (error) {
    reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
