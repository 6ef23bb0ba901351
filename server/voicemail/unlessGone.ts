import { AppError } from '../base/AppError.ts';

/** For `catch`: what was to be deleted is not there any more, which is as good. */
export const unlessGone = (error: unknown): void => {
  if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
};
