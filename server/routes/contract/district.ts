/** What the district is and what its regulation says: read by every screen, changed by nobody through these routes. */
import Type, { type Static } from 'typebox';
import { Id, inline, nullable, record } from './shape.ts';

export const Health = record('Health', { status: Type.Literal('ok') });
export type Health = Static<typeof Health>;

export const DistrictView = record('DistrictView', {
  name: Type.String(),
  office: inline({ name: Type.String(), phone: Type.String() }),
  secrecy: inline({ contact: Type.String() }),
  regulation: inline({ title: Type.String() }),
});
export type DistrictView = Static<typeof DistrictView>;

export const Article = record('Article', { no: Type.String(), chapter: Type.String(), text: Type.String() });
export type Article = Static<typeof Article>;

export const Articles = record('Articles', { articles: Type.Array(Article) });
export type Articles = Static<typeof Articles>;

export const DictionaryOption = record('DictionaryOption', {
  value: Type.String(),
  label: Type.String(),
  parent: Type.Optional(Type.String({ description: 'The option this one belongs under' })),
});
export type DictionaryOption = Static<typeof DictionaryOption>;

export const DictionariesView = record('DictionariesView', {
  dictionaries: Type.Record(Type.String(), Type.Array(DictionaryOption)),
  units: Type.Array(inline({ code: Type.String(), name: Type.String() })),
});
export type DictionariesView = Static<typeof DictionariesView>;

export const ReferenceParams = inline({
  source: Type.String({ title: '引用来源', pattern: '^[a-z][A-Za-z0-9]{0,63}$' }),
});
export type ReferenceParams = Static<typeof ReferenceParams>;

export const ReferenceQuery = inline({
  q: Type.Optional(Type.String({ title: '搜索文字', maxLength: 60 })),
  case: Type.Optional(Id('正在填写的办件')),
});
export type ReferenceQuery = Static<typeof ReferenceQuery>;

export const Reference = record('Reference', {
  id: Type.String(),
  label: Type.String(),
  note: nullable(Type.String()),
});
export type Reference = Static<typeof Reference>;

export const References = record('References', { items: Type.Array(Reference) });
export type References = Static<typeof References>;
