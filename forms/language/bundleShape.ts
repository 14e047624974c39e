/** Whether what stands in a bundle has the shape of forms and dictionaries, so that it can be linted and compared. */
import { COMPONENTS } from './components.ts';
import { isKey } from './lint.ts';

/** What is wrong and where; the sentence goes on after the place. */
export interface ShapeFault {
  path: string;
  message: string;
}

type Members = { readonly [name: string]: unknown };

const MOST_OPTIONS = 5000;
const LAYOUTS = ['Section', 'Group', 'Columns'];
const TEXTS = ['description', 'pattern', 'x-dictionary', 'x-source', 'x-placeholder', 'x-unit', 'x-article', 'x-text'];
const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'];

export function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first fault of a form, or null. What the dialect says of each keyword is judged by its schema and the linter. */
export function formFault(form: unknown, path: string): ShapeFault | null {
  if (!isRecord(form)) return { path, message: '不是表单' };
  if (form['dialect'] !== 1 || form['type'] !== 'object') {
    return { path: `${path}.dialect`, message: '不是本系统能读的表单语言版本，请用同一版本的系统导出' };
  }
  for (const name of ['key', 'title', 'abbreviation'] as const) {
    if (!isText(form[name])) return { path: `${path}.${name}`, message: '没有填写或太长' };
  }
  if (!isKey(String(form['key']))) return { path: `${path}.key`, message: '不能用作内部名' };
  const articles = form['articles'];
  if (!Array.isArray(articles) || !articles.every(isText))
    return { path: `${path}.articles`, message: '须是条款号的列表' };
  const checks = form['checks'];
  if (checks !== undefined && !(Array.isArray(checks) && checks.every(isCheck))) {
    return { path: `${path}.checks`, message: '有核对规则缺少编号、级别、条件、提示语或位置' };
  }
  return nodesFault(form['properties'], `${path}.properties`, false);
}

function isCheck(check: unknown): boolean {
  if (!isRecord(check)) return false;
  const at = check['at'];
  return (
    isText(check['id']) &&
    isText(check['message']) &&
    (check['level'] === 'block' || check['level'] === 'warn') &&
    check['holds'] !== undefined &&
    Array.isArray(at) &&
    at.every((place) => typeof place === 'string')
  );
}

function nodesFault(nodes: unknown, path: string, isTable: boolean): ShapeFault | null {
  if (!isRecord(nodes)) return { path, message: '须是各字段' };
  for (const [key, node] of Object.entries(nodes)) {
    const place = `${path}.${key}`;
    if (!isKey(key)) return { path: place, message: '不能用作字段名' };
    const fault = nodeFault(node, place, isTable);
    if (fault !== null) return fault;
  }
  return null;
}

function nodeFault(node: unknown, path: string, isColumn: boolean): ShapeFault | null {
  if (!isRecord(node)) return { path, message: '不是字段' };
  if (typeof node['title'] !== 'string') return { path: `${path}.title`, message: '没有名称' };
  if (typeof node['x-index'] !== 'number') return { path: `${path}.x-index`, message: '没有顺序号' };
  const known: readonly string[] = node['type'] === 'void' ? LAYOUTS : Object.keys(COMPONENTS);
  if (!known.includes(String(node['x-component']))) return { path: `${path}.x-component`, message: '没有这种组件' };
  if (node['type'] === 'void') {
    return isColumn
      ? { path, message: '表格里不能有分组' }
      : nodesFault(node['properties'], `${path}.properties`, false);
  }
  if (!TYPES.includes(String(node['type']))) return { path: `${path}.type`, message: '不是允许的类型' };
  return listsFault(node, path) ?? itemsFault(node, path, isColumn);
}

/** Lists that are walked wherever a field is read. */
function listsFault(node: Members, path: string): ShapeFault | null {
  const options = node['x-options'];
  if (options !== undefined) {
    const fault = optionsFault(options, `${path}.x-options`);
    if (fault !== null) return fault;
  }
  const wrong = TEXTS.find((name) => node[name] !== undefined && typeof node[name] !== 'string');
  if (wrong !== undefined) return { path: `${path}.${wrong}`, message: '须是文字' };
  const totals = node['x-totals'];
  if (totals !== undefined && !areTexts(totals)) return { path: `${path}.x-totals`, message: '须是列名的列表' };
  const rows = node['x-rows'];
  if (rows !== undefined && !(Array.isArray(rows) && rows.every(isRecord))) {
    return { path: `${path}.x-rows`, message: '的每一行须写明各列' };
  }
  const from = node['x-rows-from'];
  if (
    from !== undefined &&
    !(isRecord(from) && isText(from['form']) && isText(from['table']) && isRecord(from['columns']))
  ) {
    return { path: `${path}.x-rows-from`, message: '须写明表单、表格和各列' };
  }
  const files = node['x-files'];
  if (
    files !== undefined &&
    !(isRecord(files) && areTexts(files['extensions']) && typeof files['maxBytes'] === 'number')
  ) {
    return { path: `${path}.x-files`, message: '须写明文件格式和大小' };
  }
  return null;
}

function itemsFault(node: Members, path: string, isColumn: boolean): ShapeFault | null {
  const items = node['items'];
  if (items === undefined) return null;
  if (isColumn) return { path, message: '表格里不能再有表格' };
  return isRecord(items) ? nodesFault(items['properties'], `${path}.items`, true) : { path, message: '的列写得不对' };
}

/** The first fault of a list of options, or null. */
export function optionsFault(options: unknown, path: string): ShapeFault | null {
  if (!Array.isArray(options)) return { path, message: '须是选项的列表' };
  if (options.length > MOST_OPTIONS) return { path, message: `超过${MOST_OPTIONS}项` };
  const at = options.findIndex(
    (option) =>
      !isRecord(option) ||
      !isText(option['value']) ||
      !isText(option['label']) ||
      (option['parent'] !== undefined && !isText(option['parent'])),
  );
  return at < 0 ? null : { path: `${path}.${at}`, message: '须写明值和名称' };
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= 500;
}
