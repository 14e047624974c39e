/** What the district is, what its regulation says, what may be chosen. */
import type { Deps } from '../app.ts';
import { loadDictionaries } from '../db/published.ts';
import { Articles, DictionariesView, DistrictView } from './contract/district.ts';
import { route, type Route } from './guard.ts';

export const districtRoutes = ({ db, district }: Pick<Deps, 'db' | 'district'>): Route[] => [
  route({
    method: 'get',
    path: '/district',
    name: 'district',
    policy: 'everyone',
    summary: '区情与联系方式',
    tags: ['district'],
    response: DistrictView,
    handler: () => {
      const { name, office, secrecy, regulation } = district;
      return Promise.resolve({
        name,
        office: { name: office.name, phone: office.phone },
        secrecy: { contact: secrecy.contact },
        regulation: { title: regulation.title },
      });
    },
  }),
  route({
    method: 'get',
    path: '/policy/articles',
    name: 'articles',
    policy: 'everyone',
    summary: '《办法》条文',
    tags: ['district'],
    response: Articles,
    handler: () =>
      Promise.resolve({ articles: district.articles.map(({ no, chapter, text }) => ({ no, chapter, text })) }),
  }),
  route({
    method: 'get',
    path: '/dictionaries',
    name: 'dictionaries',
    policy: 'signedIn',
    summary: '字典与单位',
    tags: ['district'],
    response: DictionariesView,
    handler: async () => {
      const { units = [], ...dictionaries } = await loadDictionaries(db);
      return { dictionaries, units: units.map(({ value, label }) => ({ code: value, name: label })) };
    },
  }),
];
