import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';

/** A resolver for values of which every error belongs to one field. */
export function resolverOf<T extends FieldValues>(errorsOf: (values: T) => Partial<Record<keyof T, string>>): Resolver<T> {
  return (values) => {
    const entries = Object.entries<string | undefined>(errorsOf(values));
    if (entries.length === 0) return { values, errors: {} };
    const errors = Object.fromEntries(entries.map(([name, message]) => [name, { type: 'card', message }]));
    return { values: {}, errors: errors as FieldErrors<T> }; // built by the names of T
  };
}
