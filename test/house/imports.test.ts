import { describe, expect, test } from '@jest/globals';
import { codeOf, importsOf, isSource, projectFiles } from './files.ts';

/** Who may import whom. The first room whose prefix fits a file is its room. */
const ROOMS: { room: string; mayImport: string[] }[] = [
  { room: 'forms/language/', mayImport: ['forms/language/'] },
  { room: 'server/flow/', mayImport: ['server/flow/', 'forms/language/'] },
  { room: 'server/lifecycle/', mayImport: ['server/lifecycle/', 'server/flow/model.ts', 'forms/language/'] },
  {
    room: 'server/db/',
    mayImport: ['server/db/', 'server/crypto.ts', 'server/errors.ts', 'server/flow/model.ts', 'forms/language/'],
  },
  {
    room: 'server/commands/',
    mayImport: [
      'server/commands/',
      'server/db/',
      'server/flow/',
      'server/lifecycle/',
      'server/validate.ts',
      'server/errors.ts',
      'server/policies.ts',
      'server/crypto.ts',
      'forms/language/',
    ],
  },
  {
    room: 'server/queries/',
    mayImport: [
      'server/queries/',
      'server/db/',
      'server/flow/',
      'server/lifecycle/',
      'server/errors.ts',
      'server/policies.ts',
      'forms/language/',
    ],
  },
  {
    room: 'server/jobs/',
    mayImport: ['server/jobs/', 'server/commands/', 'server/db/', 'server/integrations/', 'server/log.ts'],
  },
  { room: 'server/integrations/', mayImport: ['server/integrations/', 'server/errors.ts', 'server/db/'] },
  { room: 'server/middleware/', mayImport: ['server/'] },
  { room: 'server/routes/', mayImport: ['server/', 'forms/language/'] },
  { room: 'server/', mayImport: ['server/', 'forms/language/'] },
  { room: 'miniapp/', mayImport: ['miniapp/', 'forms/language/'] },
  { room: 'admin/', mayImport: ['admin/', 'forms/language/', 'miniapp/src/theme/'] },
];

const sources = projectFiles().filter(isSource);

describe('who may import whom', () => {
  test.each(ROOMS.map(({ room }) => room))('%s keeps to its neighbours', (room) => {
    const trespasses: string[] = [];
    for (const file of sources) {
      const home = ROOMS.find((candidate) => file.startsWith(candidate.room));
      if (home?.room !== room) continue;
      for (const { target } of importsOf(file)) {
        if (target === null || home.mayImport.some((allowed) => target.startsWith(allowed))) continue;
        trespasses.push(`${file} imports ${target}`);
      }
    }
    expect(trespasses).toEqual([]);
  });

  test('routes reach no model, and only the routes named in the plan reach integrations', () => {
    const allowed = /^server\/routes\/(auth|files|callbacks|host)/;
    const trespasses = sources
      .filter((file) => file.startsWith('server/routes/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            ({ target, typeOnly }) =>
              target !== null &&
              (target.startsWith('server/db/models') ||
                (target.startsWith('server/integrations/') && !typeOnly && !allowed.test(file))),
          )
          .map(({ target }) => `${file} imports ${String(target)}`),
      );
    expect(trespasses).toEqual([]);
  });

  test('Sequelize is known in server/db alone', () => {
    const trespasses = sources.filter(
      (file) =>
        file.startsWith('server/') &&
        !file.startsWith('server/db/') &&
        importsOf(file).some(({ specifier }) => /^(sequelize|mysql2|umzug)(\/|$)/.test(specifier)),
    );
    expect(trespasses).toEqual([]);
  });

  test('rows as they are stored, sealed, are known to whoever seals them anew, and to nobody else', () => {
    const raw = /\b(draftRows|submissionRows)\b/;
    const knowing = sources.filter((file) => !file.startsWith('test/') && raw.test(codeOf(file)));
    expect(knowing).toEqual(['server/db/models/submission.ts', 'server/db/reseal.ts']);
    const models = sources.filter((file) => importsOf(file).some(({ target }) => target === knowing[0]));
    expect(models.sort()).toEqual(['server/db/reseal.ts', 'server/db/tables.ts']);
  });

  test('the product imports neither tests nor scripts', () => {
    const trespasses = sources
      .filter((file) => /^(server|forms|miniapp|admin)\//.test(file))
      .filter((file) => importsOf(file).some(({ target }) => /^(test|scripts)\//.test(target ?? '')));
    expect(trespasses).toEqual([]);
  });
});
