import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Data } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** `dead`: given up after too many attempts; someone has to look. */
export type MessageStatus = 'pending' | 'delivered' | 'dead';

/** What must leave the house, written in the transaction that caused it and sent by a job. */
class Message extends Model<InferAttributes<Message>, InferCreationAttributes<Message>> {
  declare id: string;
  declare dedupeKey: string;
  declare channel: string;
  declare personId: string;
  declare kind: string;
  declare payload: Data;
  declare caseId: string | null;
  declare createdAt: number;
  declare status: MessageStatus;
  /** How often it was claimed; also the fencing token of the current lease. */
  declare attempts: number;
  /** Not before. */
  declare runAt: number;
  declare leaseUntil: number | null;
  declare deliveredAt: number | null;
  declare lastError: string | null;
}

class InboxItem extends Model<InferAttributes<InboxItem>, InferCreationAttributes<InboxItem>> {
  declare id: string;
  declare messageId: string;
  declare personId: string;
  declare title: string;
  declare text: string;
  declare caseId: string | null;
  declare createdAt: number;
  declare readAt: number | null;
}

export const messages = table(
  Message,
  'messages',
  {
    id: id(),
    dedupeKey: word(200),
    channel: word(32),
    personId: id(),
    kind: word(),
    payload: json<Data>(),
    caseId: optional(id()),
    createdAt: instant(),
    status: word(16),
    attempts: whole(),
    runAt: instant(),
    leaseUntil: optional(instant()),
    deliveredAt: optional(instant()),
    lastError: optional(prose()),
  },
  ['id'],
);

export const inboxItems = table(
  InboxItem,
  'inbox_items',
  {
    id: id(),
    messageId: id(),
    personId: id(),
    title: word(200),
    text: prose(),
    caseId: optional(id()),
    createdAt: instant(),
    readAt: optional(instant()),
  },
  ['id'],
);

export type MessageRow = RowOf<typeof messages>;
export type InboxItemRow = RowOf<typeof inboxItems>;
