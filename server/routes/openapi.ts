/** OpenAPI 3.1, printed from the routes that are mounted: what is not served is not described, and the reverse. */
import Type, { type TSchema } from 'typebox';
import { ErrorBody } from './contract/common.ts';
import { DIALECT } from './contract/shape.ts';
import { route, type Route } from './guard.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces named schemas by references and gathers them as components. */
const gather = (schema: unknown, components: Map<string, unknown>): unknown => {
  if (Array.isArray(schema)) return schema.map((part) => gather(part, components));
  if (!isObject(schema)) return schema;
  const { $comment, ...rest } = schema;
  const inner = (): Json =>
    Object.fromEntries(Object.entries(rest).map(([keyword, part]) => [keyword, gather(part, components)]));
  if (typeof $comment !== 'string') return inner();
  const name = $comment.replace(DIALECT, '');
  if (!components.has(name)) {
    components.set(name, undefined);
    components.set(name, inner());
  }
  return { $ref: `#/components/schemas/${name}` };
};

const TAGS: Record<string, string> = {
  system: '服务状态与接口说明',
  session: '登录与本人信息',
  district: '区情、办法与字典',
  cases: '申报与办件',
  tasks: '待办与审批',
  forms: '表单',
  design: '表单管理：草稿、演练、发布与停用',
  files: '附件',
  messages: '消息',
};

const parametersOf = (
  where: 'path' | 'query',
  schema: TSchema | undefined,
  components: Map<string, unknown>,
): Json[] => {
  if (!schema) return [];
  const { properties, required = [] } = schema as unknown as { properties: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(typeof part.title === 'string' ? { description: part.title } : {}),
    schema: gather(part, components),
  }));
};

const KEY_HEADER: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: '同一次提交的唯一编号；重试时不变，服务端只办理一次并返回同样的结果',
  schema: { type: 'string', minLength: 8, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' },
};

const answerOf = (one: Route, components: Map<string, unknown>): Json => {
  if (one.response === null) return { 204: { description: '已完成，无内容' } };
  const content =
    one.response === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } }
      : { 'application/json': { schema: gather(one.response, components) } };
  return { 200: { description: '成功', content } };
};

const operationOf = (one: Route, components: Map<string, unknown>): Json => ({
  operationId: one.name,
  summary: one.summary,
  tags: one.tags,
  security: one.policy === 'signedIn' ? [{ bearer: [] }] : [],
  parameters: [
    ...parametersOf('path', one.params, components),
    ...parametersOf('query', one.query, components),
    ...(one.idempotent ? [KEY_HEADER] : []),
  ],
  ...(one.body
    ? {
        requestBody: {
          required: true,
          content: { [one.streams ?? 'application/json']: { schema: gather(one.body, components) } },
        },
      }
    : {}),
  responses: {
    ...answerOf(one, components),
    default: {
      description: '拒绝：代码、原因与下一步',
      content: { 'application/json': { schema: gather(ErrorBody, components) } },
    },
  },
});

/** The description of these routes, served under this address. */
export const describe = (routes: Route[], publicUrl: string): Json => {
  const components = new Map<string, unknown>();
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    const address = `/api${one.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[address] = { ...paths[address], [one.method]: operationOf(one, components) };
  }
  const used = new Set(routes.flatMap((one) => one.tags));
  return {
    openapi: '3.1.0',
    info: {
      title: '浔阳区政务信息化建设项目管理 · HTTP API',
      version: '0.1.0',
      description: '金额为整数分，时刻为毫秒时间戳，日期为 YYYY-MM-DD（Asia/Shanghai）。',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: [...used].sort().map((name) => ({ name, ...(TAGS[name] ? { description: TAGS[name] } : {}) })),
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '登录时取得的令牌，服务端只存其散列' },
      },
    },
  };
};

/** `GET /api/openapi.json`, describing `others` and itself. */
export const openapiRoute = (others: Route[], publicUrl: string): Route => {
  const self = route({
    method: 'get',
    path: '/openapi.json',
    name: 'openapi',
    policy: 'everyone',
    summary: '接口说明（OpenAPI 3.1）',
    tags: ['system'],
    response: Type.Unsafe<Json>({ type: 'object' }),
    handler: () => Promise.resolve(text),
  });
  const text = describe([...others, self], publicUrl);
  return self;
};
