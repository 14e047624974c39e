/**
 * The few shapes every contract is made of. A contract is plain JSON Schema 2020-12: the guards judge it, OpenAPI
 * prints it and the clients' types are generated from it.
 *
 * A schema with a name carries it in `$comment`, which survives every copy TypeBox makes; OpenAPI and the generated
 * types turn it into a component or an interface of that name.
 */
import Type, { type TNull, type TProperties, type TSchema, type TUnion } from 'typebox';

/** An object with a name and no fields besides the declared ones. */
export const record = <P extends TProperties>(name: string, properties: P) =>
  Type.Object(properties, { additionalProperties: false, $comment: name });

/** An object without a name of its own. */
export const inline = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** Marks a schema whose type lives in `forms/language/dialect.ts`; its content is judged there, not by the contract. */
export const DIALECT = 'dialect:';
export const dialect = <T>(name: string, title: string) =>
  Type.Unsafe<T>({ type: 'object', title, $comment: `${DIALECT}${name}` });

export const nullable = <T extends TSchema>(schema: T): TUnion<[T, TNull]> => Type.Union([schema, Type.Null()]);

/** Ids are UUIDs; a text of another shape never reaches the database. */
const ID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
export const Id = (title = '编号') => Type.String({ title, pattern: ID_PATTERN });

/** Epoch milliseconds. */
export const Instant = () => Type.Integer({ minimum: 0 });

/** Money in fen. */
export const Fen = () => Type.Integer();

/** The number a screen was drawn from; a write names it, so that nobody overwrites what they have not seen. */
export const Version = (title = '版本号') => Type.Integer({ title, minimum: 0 });

export const KeyText = (title: string) => Type.String({ title, pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' });
