/** The end of a union: reached only if a case was forgotten, which the compiler reports. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
};
