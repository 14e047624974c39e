/** Every request and answer of the HTTP API, in one place for `scripts/api-types.ts` and the routes. */
export * from './cases.ts';
export * from './common.ts';
export * from './design.ts';
export * from './district.ts';
export * from './files.ts';
export * from './forms.ts';
export * from './messages.ts';
export * from './people.ts';
export * from './plans.ts';
export * from './tasks.ts';
