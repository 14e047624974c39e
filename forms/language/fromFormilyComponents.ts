/** Which component of ours a foreign one becomes. */
import type { ComponentName } from './dialect.ts';
import type { Asked } from './fromFormilyLimits.ts';
import { excerpt, isSource, own, partOf, propsOf, tell } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';

type Finding = [level: 'lost' | 'changed', code: string, message: string];

/** The component, and what is to be said of the change where one loses something. */
const FIELDS: Readonly<Record<string, [ComponentName, Finding?]>> = {
  Input: ['Text'],
  'Input.TextArea': ['TextArea'],
  TextArea: ['TextArea'],
  Textarea: ['TextArea'],
  NumberPicker: ['Number'],
  InputNumber: ['Number'],
  Select: ['Select'],
  'Radio.Group': ['Select'],
  Radio: ['Select'],
  'Checkbox.Group': ['MultiSelect'],
  Checkbox: ['Boolean'],
  Switch: ['Boolean'],
  DatePicker: ['Date'],
  'DatePicker.RangePicker': ['DateRange'],
  Upload: ['Files'],
  'Upload.Dragger': ['Files'],
  Cascader: ['Cascade', ['changed', 'cascade', '级联选择在这里只保存最后一级，请核对取值。']],
  TreeSelect: ['Cascade', ['changed', 'cascade', '树形选择已改为级联选择，只能选最后一级，请核对。']],
  Transfer: ['MultiSelect', ['changed', 'component', '穿梭框已改为多选，请核对。']],
  Rate: ['Integer', ['changed', 'component', '评分已改为填写整数，请核对上下限。']],
  Slider: ['Number', ['changed', 'component', '滑块已改为填写数字，请核对上下限。']],
  'PreviewText.Input': ['Text'],
};

const UNFIT: Readonly<Record<string, string>> = {
  Password: '密码不应填在表单里',
  TimePicker: '这里没有只填时刻的组件，可改用单行文本',
  'TimePicker.RangePicker': '这里没有时间段组件，可改用两个单行文本',
};

const LIST_COMPONENTS = ['ArrayTable', 'ArrayCards', 'ArrayItems', 'ArrayCollapse', 'ArrayTabs'];

/** Whether the node is a list of rows. */
export function isTable(node: Source): boolean {
  const name = own(node, 'x-component');
  if (typeof name === 'string' && LIST_COMPONENTS.includes(name)) return true;
  if (typeof name === 'string' && hasOwn(FIELDS, name)) return false;
  const items = own(node, 'items');
  return own(node, 'type') === 'array' && isSource(items) && isSource(own(items, 'properties'));
}

/** Whether the node is a field by its component, whatever its type says. */
export function isField(node: Source): boolean {
  const name = own(node, 'x-component');
  return typeof name === 'string' && hasOwn(FIELDS, name);
}

/** The component for this node, or null where none of ours is like it; the reason is told. */
export function chosenFor(ctx: Importing, node: Source, asked: Asked, trail: readonly string[]): ComponentName | null {
  const name = own(node, 'x-component');
  if (typeof name === 'string' && hasOwn(UNFIT, name)) {
    tell(ctx, 'lost', 'component', trail, `组件 ${name} 没有导入：${UNFIT[name] ?? ''}。`);
    return null;
  }
  if (typeof name !== 'string' || !hasOwn(FIELDS, name)) return byType(ctx, node, asked, trail);
  const [component, finding] = FIELDS[name] ?? ['Text'];
  if (finding !== undefined) tell(ctx, finding[0], finding[1], trail, finding[2]);
  return refined(ctx, component, node, asked, trail);
}

function refined(
  ctx: Importing,
  component: ComponentName,
  node: Source,
  asked: Asked,
  trail: readonly string[],
): ComponentName | null {
  const props = propsOf(node);
  const asks = (format: string): boolean => asked.formats.includes(format);
  if (component === 'Text') {
    if (asks('phone')) return 'Phone';
    if (asks('idcard')) return 'IdCard';
    return asks('date') ? 'Date' : 'Text';
  }
  if (component === 'Number') {
    return own(node, 'type') === 'integer' || own(props, 'precision') === 0 || asks('integer') ? 'Integer' : 'Number';
  }
  if (component === 'Select') {
    const mode = own(props, 'mode');
    if (mode === 'tags') tell(ctx, 'lost', 'freeOptions', trail, '标签输入已改为多选，只能选列出的选项。');
    return mode === 'multiple' || mode === 'tags' || own(node, 'type') === 'array' ? 'MultiSelect' : 'Select';
  }
  if (component === 'Boolean' && Array.isArray(own(node, 'enum'))) return 'MultiSelect';
  if (component === 'Cascade' && (own(props, 'multiple') === true || own(props, 'mode') === 'multiple')) {
    tell(ctx, 'lost', 'component', trail, '可以多选的级联没有导入，请改用多选或表格。');
    return null;
  }
  return component === 'Date' ? dated(ctx, props, trail) : component;
}

function dated(ctx: Importing, props: Source, trail: readonly string[]): ComponentName {
  const picker = own(props, 'picker');
  if (picker === 'year') return 'Year';
  if (picker === 'month' || picker === 'week' || picker === 'quarter') {
    tell(ctx, 'changed', 'date', trail, '按月、按周、按季选择已改为选择日期，请核对。');
  }
  const format = own(props, 'format');
  const hasTime = isSource(own(props, 'showTime')) || own(props, 'showTime') === true;
  if (hasTime || (typeof format === 'string' && /[Hh]/.test(format))) {
    tell(ctx, 'lost', 'date', trail, '时刻没有导入，只选择日期。');
  }
  return 'Date';
}

/** A component nobody here knows, or none at all: the type says what can be asked. */
function byType(ctx: Importing, node: Source, asked: Asked, trail: readonly string[]): ComponentName | null {
  const name = own(node, 'x-component');
  const hasChoices = Array.isArray(own(node, 'enum')) && (own(node, 'enum') as unknown[]).length > 0;
  const component = plain(node, hasChoices);
  if (typeof name === 'string' && name !== '') {
    const what = `自定义组件“${excerpt(name)}”`;
    const message =
      component === null
        ? `${what}没有导入，请用这里的组件重建。`
        : `${what}已按内容类型改为${SAID[component] ?? component}，请核对。`;
    tell(ctx, component === null ? 'lost' : 'changed', 'customComponent', trail, message);
  } else if (component === null) {
    tell(ctx, 'lost', 'component', trail, '看不出该用哪种组件，没有导入，请重建这个字段。');
  }
  return component === null ? null : refined(ctx, component, node, asked, trail);
}

const SAID: Partial<Record<ComponentName, string>> = {
  Text: '单行文本',
  Number: '数字',
  Integer: '整数',
  Boolean: '是否',
  Select: '单选',
  MultiSelect: '多选',
};

function plain(node: Source, hasChoices: boolean): ComponentName | null {
  const type = own(node, 'type');
  switch (type) {
    case 'number':
    case 'integer':
      return hasChoices ? 'Select' : type === 'integer' ? 'Integer' : 'Number';
    case 'boolean':
      return 'Boolean';
    case 'array':
      return hasChoices || Array.isArray(own(partOf(node, 'items'), 'enum')) ? 'MultiSelect' : null;
    case 'object':
    case 'void':
      return null;
    default:
      return hasChoices ? 'Select' : 'Text';
  }
}

function hasOwn(table: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(table, name);
}
