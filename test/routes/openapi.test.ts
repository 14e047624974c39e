import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import request from 'supertest';
import { apiTypes, TARGETS } from '../../scripts/api-types.ts';
import { allRoutes } from '../../server/routes/index.ts';
import { openApp, type TestApp } from '../support/app.ts';

interface Operation {
  operationId: string;
  security: object[];
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

let app: TestApp;
let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: Record<string, object> };

beforeAll(async () => {
  app = await openApp();
  const answer = await request(app.url).get('/api/openapi.json').expect(200);
  document = answer.body as typeof document;
});
afterAll(() => app.close());

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe('/api/openapi.json', () => {
  test('is valid OpenAPI 3.1, references included', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test('describes every mounted route and no other', () => {
    const mounted = allRoutes(app.deps).map(({ method, path }) => `${method} /api${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(document.paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method} ${address}`),
    );
    expect(described.sort()).toEqual(mounted.sort());
  });

  test('every operation has its own id, says who may call it, and how it refuses', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { security, responses } of operations()) {
      expect(security).toBeDefined();
      expect(responses['default']?.content?.['application/json']?.schema.$ref).toBe('#/components/schemas/ErrorBody');
    }
  });

  test('a door that opens without signing in is a decision: these, and no other', () => {
    const routes = allRoutes(app.deps);
    const behind = (policy: string) => routes.filter((one) => one.policy === policy).map(({ name }) => name);
    expect(behind('everyone').sort()).toEqual(['articles', 'district', 'health', 'openapi']);
    expect(behind('inDemo').sort()).toEqual(['personas', 'signInDemo']);
    expect(behind('signedIn')).toHaveLength(routes.length - 6);
  });

  test('every write that must happen once asks for its key', () => {
    const wanted = allRoutes(app.deps).filter(({ idempotent }) => idempotent);
    for (const { name } of wanted) {
      const parameters = operations().find(({ operationId }) => operationId === name)?.parameters;
      expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', required: true }));
    }
  });

  test('every route that needs somebody refuses nobody', async () => {
    for (const { method, path, policy } of allRoutes(app.deps)) {
      if (policy !== 'signedIn') continue;
      const address = `/api${path.replace(/:\w+/g, '01890000-0000-7000-8000-000000000000')}`;
      expect([address, (await request(app.url)[method](address)).status]).toEqual([address, 401]);
    }
  });
});

test("the clients' types are what the contracts say; if not, run: npx tsx scripts/api-types.ts", async () => {
  const expected = await apiTypes();
  for (const file of TARGETS) expect(await readFile(file, 'utf8')).toBe(expected);
});
