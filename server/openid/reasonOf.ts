const CODE = /^\w{1,64}$/;

/**
 * Why it failed, in codes: of us, of OAuth (`access_denied`) and of the network. What a provider or an
 * address says in words may be of people, and is not for logs.
 */
export const reasonOf = (error: unknown): string => {
  const codes: string[] = [];
  for (let next = error; next instanceof Error; next = next.cause) {
    for (const key of ['code', 'error']) {
      const value: unknown = Reflect.get(next, key);
      if (typeof value === 'string' && CODE.test(value)) codes.push(value);
    }
  }
  return codes.length > 0 ? codes.join(', ') : 'unknown';
};
