/** The validator's errors in the words of the form: title and row, what is wrong, what to do. */
import type { Field, Form, Problem } from './dialect.ts';
import { phraseOf, titleOf } from './names.ts';
import { outlineOf } from './outline.ts';
import { sentenceFor } from './sentences.ts';
import type { Complaint } from './sentences.ts';

/** The part of ajv's error objects that is read here. */
export interface AjvError {
  keyword: string;
  /** JSON pointer: `/contentItems/0/amount`. */
  instancePath: string;
  params: Record<string, unknown>;
}

/** One problem per place, so that a wrong value is not scolded twice. */
export function wordAjvErrors(form: Form, errors: readonly AjvError[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const error of errors) {
    const problem = word(form, error);
    if (!found.has(problem.path)) found.set(problem.path, problem);
  }
  return Array.from(found.values());
}

function word(form: Form, error: AjvError): Problem {
  const path = pathOf(form, error.instancePath);
  const field = fieldAt(form, path);
  const level = 'block';
  if (error.keyword === 'additionalProperties' && !(field && isWhole(field))) {
    const extra = String(error.params['additionalProperty']).slice(0, 40);
    const where = path === '' ? '本表' : phraseOf(form, path);
    const message = `${where}里没有“${extra}”这一项。请刷新页面，按最新的表单重新填写。`;
    const at = path === '' ? extra : `${path}.${extra}`;
    return { path: at, title: path === '' ? form.title : titleOf(form, path), code: 'unknownField', level, message };
  }
  const complaint = complaintOf(error, field);
  const message = sentenceFor(path === '' ? '本表' : phraseOf(form, path), complaint, field);
  return { path, title: path === '' ? form.title : titleOf(form, path), code: complaint.code, level, message };
}

/** Fields whose parts are not fields themselves: errors inside them speak of the whole. */
function isWhole(field: Field): boolean {
  return field['x-component'] !== 'Table';
}

function pathOf(form: Form, pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const field = outlineOf(form).byKey.get(parts[0] ?? '')?.field;
  return parts.slice(0, field?.items ? 3 : 1).join('.');
}

function fieldAt(form: Form, path: string): Field | null {
  const [key = '', row, column] = path.split('.');
  const field = outlineOf(form).byKey.get(key)?.field;
  if (!field || column === undefined) return row === undefined ? (field ?? null) : null;
  const columns = field.items?.properties ?? {};
  return Object.prototype.hasOwnProperty.call(columns, column) ? (columns[column] ?? null) : null;
}

function complaintOf({ keyword, params, instancePath }: AjvError, field: Field | null): Complaint {
  const limit = typeof params['limit'] === 'number' ? params['limit'] : undefined;
  const name = field?.['x-component'];
  const kind = name === 'Table' ? 'Rows' : name === 'Files' ? 'Files' : 'Choices';
  switch (keyword) {
    case 'maxItems':
      return { code: `tooMany${kind}`, limit };
    case 'minItems':
      return { code: `tooFew${kind}`, limit };
    case 'maxLength':
      return isRecord(name) ? { code: 'wrongType' } : { code: 'tooLong', limit };
    case 'minLength':
      return isRecord(name) ? { code: 'wrongType' } : { code: 'tooShort', limit };
    case 'minimum':
      return { code: 'tooSmall', limit };
    case 'maximum':
      return name === 'Files'
        ? { code: 'fileTooBig', limit: Math.floor((limit ?? 0) / 1_000_000) }
        : { code: 'tooLarge', limit };
    case 'enum':
    case 'not':
      return { code: 'notAnOption' };
    case 'uniqueItems':
      return { code: 'chosenTwice' };
    case 'const':
      return { code: 'secretNotCleared' };
    case 'required':
      return {
        code:
          name === 'DateRange'
            ? 'halfRange'
            : /noSecret/.test(String(params['missingProperty']))
              ? 'secretNotCleared'
              : 'wrongType',
      };
    case 'pattern':
      return { code: patternCode(name) };
    default:
      return { code: name === undefined && instancePath === '' ? 'wrongForm' : 'wrongType' };
  }
}

/** Components whose value has parts of its own. */
function isRecord(name: Field['x-component'] | undefined): boolean {
  return name !== undefined && ['Files', 'Signature', 'Reference', 'User', 'Seat'].indexOf(name) >= 0;
}

function patternCode(name: Field['x-component'] | undefined): string {
  if (name === 'Date' || name === 'DateRange') return 'badDate';
  if (name === 'Uscc') return 'badUscc';
  if (name === 'IdCard') return 'badIdCard';
  return name === 'Phone' ? 'badPhone' : 'badPattern';
}
