import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { flag, id, instant, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

class StoredFile extends Model<InferAttributes<StoredFile>, InferCreationAttributes<StoredFile>> {
  declare id: string;
  declare caseId: string;
  declare unitId: string;
  declare personId: string;
  declare name: string;
  declare size: number;
  declare sha256: string;
  declare mime: string;
  /** The uploader declared that the file holds no state secret. */
  declare noSecret: boolean;
  declare createdAt: number;
  /** Nobody reads it any more; the row goes once the store has let go of the bytes. */
  declare removedAt: number | null;
  /** A form that names it was handed in; until then it belongs to whoever is filling in. */
  declare handedIn: boolean;
}

export const files = table(
  StoredFile,
  'files',
  {
    id: id(),
    caseId: id(),
    unitId: id(),
    personId: id(),
    name: word(255),
    size: whole(),
    sha256: word(),
    mime: word(128),
    noSecret: flag(),
    createdAt: instant(),
    removedAt: optional(instant()),
    handedIn: flag(),
  },
  ['id'],
);

export type FileRow = RowOf<typeof files>;
