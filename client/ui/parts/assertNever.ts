/** Where the compiler says that every case is dealt with. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected: ${String(value)}`);
};
