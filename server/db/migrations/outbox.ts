import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** Messages and the in-app inbox; then the small tables that keep one thing from happening twice. */
export const outbox: Migration[] = [
  createTable(
    '0030-messages',
    'messages',
    {
      id: id(),
      dedupeKey: word(200),
      channel: word(32),
      personId: id(),
      kind: word(),
      payload: json(),
      caseId: optional(id()),
      createdAt: instant(),
      status: word(16),
      attempts: whole(),
      runAt: instant(),
      leaseUntil: optional(instant()),
      deliveredAt: optional(instant()),
      lastError: optional(prose()),
    },
    {
      key: ['id'],
      unique: [['dedupeKey']],
      index: [['status', 'runAt'], ['caseId']],
      references: { personId: 'people', caseId: 'cases' },
    },
  ),
  createTable(
    '0031-inbox-items',
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
    {
      key: ['id'],
      unique: [['messageId']],
      index: [
        ['personId', 'createdAt'],
        ['personId', 'readAt'],
      ],
      references: { messageId: 'messages', personId: 'people', caseId: 'cases' },
    },
  ),
  createTable(
    '0032-secret-screenings',
    'secret_screenings',
    { day: word(10), unitId: id(), count: whole() },
    { key: ['day', 'unitId'], references: { unitId: 'units' } },
  ),
  createTable(
    '0033-idempotency-keys',
    'idempotency_keys',
    {
      scope: word(128),
      key: word(128),
      requestHash: word(),
      status: whole(),
      answer: optional(json()),
      createdAt: instant(),
    },
    { key: ['scope', 'key'], index: [['createdAt']] },
  ),
  createTable('0034-counters', 'counters', { name: word(100), value: whole() }, { key: ['name'] }),
];
