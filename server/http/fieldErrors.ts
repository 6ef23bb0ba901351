import type { FastifyError, FastifySchemaValidationError } from 'fastify';
import type { FieldError } from '../base/AppError.ts';

type ValidationError = FastifyError & { validation: FastifySchemaValidationError[] };

/** More would only make the answer longer than the question. */
const MAX_ERRORS = 20;
const MAX_POINTER_LENGTH = 128;

export const isValidationError = (error: unknown): error is ValidationError =>
  error instanceof Error && 'validation' in error && Array.isArray(error.validation);

/** One error per place, said of the place itself: a missing field is named, not its parent. */
export const fieldErrors = (error: ValidationError): FieldError[] => {
  const byPointer = new Map<string, string>();
  for (const found of error.validation.flatMap(places)) {
    // A union's own words come last and replace those of its branches.
    if (byPointer.size < MAX_ERRORS || byPointer.has(found.pointer)) {
      byPointer.set(found.pointer, found.message);
    }
  }
  return [...byPointer].map(([pointer, message]) => ({ pointer, message }));
};

const places = ({ keyword, instancePath, params, message }: FastifySchemaValidationError) => {
  if (keyword === 'boolean') return [];
  if (keyword === 'required') {
    return names(params['requiredProperties']).map((name) => at(instancePath, name, 'is required'));
  }
  if (keyword === 'additionalProperties') {
    return names(params['additionalProperties']).map((name) =>
      at(instancePath, name, 'is not known here'),
    );
  }
  return [{ pointer: instancePath, message: message ?? 'is not right' }];
};

const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

const at = (parent: string, name: string, message: string): FieldError => ({
  pointer: `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`.slice(
    0,
    MAX_POINTER_LENGTH,
  ),
  message,
});
