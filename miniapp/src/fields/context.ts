import { createContext, useContext } from 'react';
import type { Dictionaries, Field, Option } from '../../../forms/language/dialect.ts';
import type { Filling } from './filling.ts';

/** A file somebody picked, before it is sent. */
export interface PickedFile {
  name: string;
  /** In bytes; null where the host does not say, and the server alone judges. */
  size: number | null;
  /** Temporary path, for `Taro.uploadFile`; on H5 an object URL. */
  path: string;
  /** H5 only. */
  blob?: Blob;
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
}

export interface Uploads {
  upload: (file: PickedFile, onProgress: (percent: number) => void) => Promise<StoredFile>;
  open: (id: string, name: string) => void;
  /** An address under which this picture can be drawn. */
  picture: (id: string) => Promise<string>;
}

export interface Found {
  id: string;
  label: string;
  note: string;
}

export type LookUp = (source: string, query: string) => Promise<Found[]>;

export interface UnitName {
  code: string;
  name: string;
}

/** What fields need from the page around them, in both modes. */
export interface Surroundings {
  dictionaries: Dictionaries;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  today: string;
  uploads?: Uploads;
  lookUp?: LookUp;
  /** Fields that stand as they were carried over, and where from. */
  carried: Readonly<Record<string, string>>;
  /** Nothing is folded: for paper. */
  unfolded?: boolean;
}

/** What a field component gets: its question, its value and how to change it. */
export interface Answer<T> {
  field: Field;
  /** `contentItems.3.amount` */
  path: string;
  /** The name assistive technology and tests find the input by. */
  label: string;
  value: T | undefined;
  /** What may be chosen now, where there is a choice; less than the field's options where a rule says so. */
  options: Option[] | undefined;
  required: boolean;
  set: (value: T | undefined) => void;
  /** The person has moved on: from now on mistakes are shown. */
  leave: () => void;
}

export const SurroundingsContext = createContext<Surroundings>({ dictionaries: {}, today: '', carried: {} });
export const FillingContext = createContext<Filling | null>(null);
/** Set inside a row of a given-rows table: the row's own question, which names its inputs. */
export const RowQuestionContext = createContext<string>('');

/** Path of the one answer of a given row that needs no title of its own: the row's question says it all. */
export const LoneAnswerContext = createContext<string | null>(null);

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}

export function useFilling(): Filling {
  const filling = useContext(FillingContext);
  if (!filling) throw new Error('A field was drawn outside FormView');
  return filling;
}
