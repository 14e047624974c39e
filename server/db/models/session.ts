import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { id, instant, optional, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: string;
  /** The token itself is never stored. */
  declare tokenHash: string;
  declare personId: string;
  declare createdAt: number;
  declare lastSeenAt: number;
  /** Slides with use … */
  declare expiresAt: number;
  /** … up to here. */
  declare absoluteExpiresAt: number;
  declare revokedAt: number | null;
}

export const sessions = table(
  Session,
  'sessions',
  {
    id: id(),
    tokenHash: word(),
    personId: id(),
    createdAt: instant(),
    lastSeenAt: instant(),
    expiresAt: instant(),
    absoluteExpiresAt: instant(),
    revokedAt: optional(instant()),
  },
  ['id'],
);

export type SessionRow = RowOf<typeof sessions>;
