/** What is wrong with a value, in whole sentences that name the field and say what to do. */
import { formatMoney } from './format.ts';
import type { Field } from './dialect.ts';

export interface Complaint {
  code: string;
  /** The limit that was passed, in stored units. */
  limit?: number;
  actual?: number;
  list?: string[];
}

type Sentence = (name: string, complaint: Complaint, field: Field | null) => string;

const amount = (number: number | undefined, field: Field | null): string =>
  field?.['x-component'] === 'Money' ? `${formatMoney(number ?? 0)}万元` : `${number ?? 0}${field?.['x-unit'] ?? ''}`;

const now = ({ actual }: Complaint, unit: string): string => (actual === undefined ? '' : `，现在有${actual}${unit}`);

const SENTENCES: Record<string, Sentence> = {
  wrongType: (name) => `${name}的内容格式不对，请重新填写。`,
  tooShort: (name, it) => `${name}至少要写${it.limit ?? 0}个字${now(it, '个字')}，请补充。`,
  tooLong: (name, it) => `${name}最多${it.limit ?? 0}个字${now(it, '个字')}，请精简。`,
  tooSmall: (name, it, field) =>
    it.limit === 0 ? `${name}不能是负数，请核对。` : `${name}不能小于${amount(it.limit, field)}，请核对。`,
  tooLarge: (name, it, field) => `${name}不能大于${amount(it.limit, field)}，请核对。`,
  tooManyDecimals: (name, it) =>
    it.limit === 0 ? `${name}须填整数，请去掉小数。` : `${name}最多保留${it.limit ?? 0}位小数，请修改。`,
  badDate: (name) => `${name}不是有效的日期，请重新选择。`,
  halfRange: (name) => `${name}的开始日期和结束日期都要选，请补全。`,
  endBeforeStart: (name) => `${name}的结束日期早于开始日期，请修改。`,
  badPhone: (name) => `${name}不是有效的电话号码，请填写11位手机号，或“区号-号码”形式的座机号。`,
  badUscc: (name) => `${name}不是有效的统一社会信用代码（18位，末位为校验码），请对照证照核对。`,
  badIdCard: (name) => `${name}不是有效的身份证号码（18位，末位为校验码），请对照证件核对。`,
  notOffered: (name) => `${name}所选的内容与其他栏目不匹配，请重新选择。`,
  badPattern: (name) => `${name}的格式不符合要求，请按填写说明修改。`,
  notAnOption: (name) => `${name}所选的内容不在可选范围内，请重新选择。`,
  chosenTwice: (name) => `${name}有重复的选项，请去掉重复的。`,
  tooFewChoices: (name, it) => `${name}至少选${it.limit ?? 0}项，请补选。`,
  tooManyChoices: (name, it) => `${name}最多选${it.limit ?? 0}项${now(it, '项')}，请减少。`,
  tooFewRows: (name, it) => `${name}至少填写${it.limit ?? 0}行，请补充。`,
  tooManyRows: (name, it) => `${name}最多${it.limit ?? 0}行${now(it, '行')}，请删减或合并。`,
  tooFewFiles: (name, it) => `${name}至少上传${it.limit ?? 0}个文件，请补传。`,
  tooManyFiles: (name, it) => `${name}最多上传${it.limit ?? 0}个文件${now(it, '个')}，请删减。`,
  fileTooBig: (name, it) => `${name}中有文件超过${it.limit ?? 0}MB，请压缩或拆分后重新上传。`,
  wrongFileKind: (name, it) => `${name}只收${(it.list ?? []).join('、')}格式的文件，请转换格式后重新上传。`,
  secretNotCleared: (name) => `${name}中有文件没有确认不涉密，请删除后重新上传并勾选确认（依据《办法》第三条）。`,
};

/** The sentence for a complaint about the thing called `name` (with its quotation marks). */
export function sentenceFor(name: string, complaint: Complaint, field: Field | null): string {
  const sentence = SENTENCES[complaint.code] ?? SENTENCES['wrongType'];
  return sentence ? sentence(name, complaint, field) : name;
}
