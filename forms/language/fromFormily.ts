/**
 * A raw Formily schema, as other tools export it, as a form of ours, with a report of what could not be carried over.
 * What the foreign tool worked out by running text as code is reported, never run.
 */
import { BOUNDS_WORDS, outOfBounds } from './bounds.ts';
import { listed } from './change.ts';
import type { Form } from './dialect.ts';
import { nodesFrom } from './fromFormilyNodes.ts';
import { isExpression, isSource, own, partOf, startImport, tell } from './fromFormilySource.ts';
import type { ImportFinding, Importing, Source } from './fromFormilySource.ts';
import { sweep } from './fromFormilySweep.ts';
import { isKey, lint } from './lint.ts';
import type { Known } from './lint.ts';
import { isBlank } from './text.ts';

export type { ImportFinding } from './fromFormilySource.ts';

/** What a Formily schema does not say of itself. */
export interface ImportHeader {
  key: string;
  title: string;
  abbreviation: string;
}

const BOUNDS = { depth: 100, values: 100_000, text: 2_000_000 };

/**
 * The form and the report. The form is null where nothing could be imported; otherwise it is a draft, and what our
 * linter finds in it stands in the report as `lint`. `known` is what exists around the form, as for `lint`.
 */
export function fromFormily(
  schema: unknown,
  header: ImportHeader,
  known: Known = {},
): { form: Form | null; report: ImportFinding[] } {
  const ctx = startImport();
  const root = rootOf(ctx, schema, header);
  const form = root === null ? null : formFrom(ctx, root, header);
  if (form === null || ctx.findings.some(({ level }) => level === 'refused'))
    return { form: null, report: reportOf(ctx) };
  for (const { code, path, message } of lint(form, known)) ctx.findings.push({ level: 'lint', code, path, message });
  return { form, report: reportOf(ctx) };
}

/** The node under which the fields stand: of a document with `form` and `schema` the latter, else the schema itself. */
function rootOf(ctx: Importing, schema: unknown, header: ImportHeader): Source | null {
  const refuse = (code: string, path: string, message: string): null => {
    ctx.findings.push({ level: 'refused', code, path, message });
    return null;
  };
  if (!isKey(header.key)) {
    return refuse('badKey', 'key', '表单的内部名须以小写字母开头，只含字母和数字，不超过40个字。');
  }
  if (isBlank(header.title) || header.title.length > 100 || isExpression(header.title)) {
    return refuse('noTitle', 'title', '请填写表单名称，不超过100个字，不含“{{”。');
  }
  if (!/^[A-Z]{2,4}$/.test(header.abbreviation)) {
    return refuse('badAbbreviation', 'abbreviation', '文号代字须为2到4个大写字母。');
  }
  const fault = outOfBounds(schema, BOUNDS);
  if (fault !== null) {
    const where = fault.path === '' ? '整份内容' : `“${fault.path}”处`;
    return refuse(fault.code, fault.path, `没有导入：${where}${BOUNDS_WORDS[fault.code]}。`);
  }
  const wrapped = isSource(schema) && isSource(own(schema, 'schema')) ? partOf(schema, 'schema') : schema;
  if (!isSource(wrapped) || !isSource(own(wrapped, 'properties'))) {
    return refuse('notASchema', '', '这不是 Formily 的表单：没有找到 properties。请导出 JSON Schema 后再导入。');
  }
  return wrapped;
}

function formFrom(ctx: Importing, root: Source, header: ImportHeader): Form | null {
  sweep(ctx, root, []);
  const properties = nodesFrom(ctx, root, []);
  if (Object.keys(properties).length === 0) {
    tell(ctx, 'refused', 'noFields', [], '没有一个字段能导入，请看下面各条的原因。');
    return null;
  }
  if (ctx.unlimited.length > 0) {
    const message = `${listed(ctx.unlimited)}没有写字数或数值范围，按系统默认的范围检查，请核对。`;
    tell(ctx, 'changed', 'defaultLimits', [], message);
  }
  const { key, title, abbreviation } = header;
  const form: Form = { dialect: 1, type: 'object', key, title, abbreviation, articles: [], properties };
  if (ctx.sections !== null) form['x-sections'] = ctx.sections;
  return form;
}

function reportOf({ findings, unlisted }: Importing): ImportFinding[] {
  if (unlisted === 0) return findings;
  const message = `另有${unlisted}处没有列出，请先处理上面各条，再重新导入。`;
  return [...findings, { level: 'lost', code: 'tooMany', path: '', message }];
}
