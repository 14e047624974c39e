import { flag, id, instant, optional, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** Units, people and seats; sessions; dictionaries. */
export const district: Migration[] = [
  createTable(
    '0001-units',
    'units',
    { id: id(), code: word(), name: word(200), type: word(), uscc: optional(word(18)), active: flag() },
    { key: ['id'], unique: [['code']] },
  ),
  createTable(
    '0002-people',
    'people',
    {
      id: id(),
      login: word(),
      name: word(100),
      title: optional(word(100)),
      phone: optional(word(32)),
      unitId: id(),
      status: word(16),
      demo: flag(),
    },
    { key: ['id'], unique: [['login']], index: [['unitId']], references: { unitId: 'units' } },
  ),
  createTable(
    '0003-seats',
    'seats',
    { id: id(), unitId: id(), key: word(), title: word(100) },
    { key: ['id'], unique: [['unitId', 'key']], references: { unitId: 'units' } },
  ),
  createTable(
    '0004-seat-holders',
    'seat_holders',
    { id: id(), seatId: id(), personId: id(), fromAt: instant(), toAt: optional(instant()) },
    {
      key: ['id'],
      index: [
        ['seatId', 'toAt'],
        ['personId', 'toAt'],
      ],
      references: { seatId: 'seats', personId: 'people' },
    },
  ),
  createTable(
    '0005-sessions',
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
    { key: ['id'], unique: [['tokenHash']], index: [['personId'], ['expiresAt']], references: { personId: 'people' } },
  ),
  createTable(
    '0006-dictionary-entries',
    'dictionary_entries',
    { id: id(), dictionary: word(), value: word(), label: word(200), sort: whole(), active: flag() },
    { key: ['id'], unique: [['dictionary', 'value']] },
  ),
];
