import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { flag, id, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

class DictionaryEntry extends Model<InferAttributes<DictionaryEntry>, InferCreationAttributes<DictionaryEntry>> {
  declare id: string;
  declare dictionary: string;
  declare value: string;
  declare label: string;
  declare sort: number;
  /** A retired entry is still shown where it was chosen, and no longer offered. */
  declare active: boolean;
  /** The value of the entry above it, in a dictionary with levels. */
  declare parent: string | null;
}

export const dictionaryEntries = table(
  DictionaryEntry,
  'dictionary_entries',
  {
    id: id(),
    dictionary: word(),
    value: word(),
    label: word(200),
    sort: whole(),
    active: flag(),
    parent: optional(word()),
  },
  ['id'],
);

export type DictionaryEntryRow = RowOf<typeof dictionaryEntries>;
