/** What several resources share: the error answer, ids in the address, pages. */
import Type, { type Static } from 'typebox';
import { Id, nullable, record, inline } from './shape.ts';

export const Problem = record('Problem', {
  path: Type.String(),
  title: Type.String(),
  code: Type.String(),
  level: Type.Enum(['block', 'warn']),
  message: Type.String(),
  article: Type.Optional(Type.String()),
});
export type Problem = Static<typeof Problem>;

export const ErrorBody = record('ErrorBody', {
  error: inline({
    code: Type.String({ description: 'A code from the error catalogue' }),
    message: Type.String({ description: 'A Chinese sentence: what is wrong, why, what to do next' }),
    article: Type.Optional(Type.String({ description: 'Article of the regulation that refuses' })),
    rule: Type.Optional(Type.String({ description: 'Rule id, e.g. R07-3' })),
    problems: Type.Optional(Type.Array(Problem)),
    requestId: Type.String(),
  }),
});
export type ErrorBody = Static<typeof ErrorBody>;

export const IdParams = inline({ id: Id() });
export type IdParams = Static<typeof IdParams>;

/** A query string arrives as text; the guard turns `limit` into a number before it judges. */
export const PageQuery = inline({
  cursor: Type.Optional(Type.String({ title: '翻页位置', minLength: 1, maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ title: '每页条数', minimum: 1, maximum: 100 })),
});
export type PageQuery = Static<typeof PageQuery>;

export const Cursor = () => nullable(Type.String());
