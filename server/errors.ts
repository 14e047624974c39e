/**
 * The catalogue of refusals. Every answer that is not a success carries a code from here, the HTTP status of the code
 * and a Chinese sentence that says what is wrong, why, and what to do next. Sentences are written here once; each code
 * of `flow/refusals.ts` has its own.
 */
import type { Problem } from '../forms/language/dialect.ts';

/** What a sentence may mention; every value is text that may be shown. */
export type Detail = Record<string, string | number>;

interface Entry {
  status: number;
  message: (detail: Detail) => string;
  /** Article and rule of the regulation that refuses, where one does. */
  article?: string;
  rule?: string;
}

const REFRESH = '请刷新后再试。';
const OFFICE = '如有疑问，请联系区信息办。';

const named = (detail: Detail, key: string, otherwise: string): string => {
  const value = detail[key];
  return value === undefined || value === '' ? otherwise : String(value);
};
const field = (detail: Detail): string => `“${named(detail, 'field', '提交的内容')}”`;

export const ERRORS = {
  malformed_json: { status: 400, message: () => '提交的内容不是有效的 JSON，系统没有保存。请刷新页面后重新提交。' },
  unsupported_media_type: { status: 415, message: () => '不支持这种提交格式，请以 JSON 提交；上传附件请用表单上传。' },
  body_too_large: {
    status: 413,
    message: (d) => `一次提交的内容不能超过 ${named(d, 'limit', '512 KB')}，系统没有保存。大段材料请作为附件上传。`,
  },
  too_deep: {
    status: 400,
    message: (d) => `提交的内容层级超过 ${named(d, 'limit', '32')} 层，系统没有保存。${REFRESH}`,
  },
  unknown_field: {
    status: 400,
    message: (d) => `${field(d)}中有系统不认识的内容“${named(d, 'name', '未命名')}”，没有保存。${REFRESH}`,
  },
  missing_field: { status: 400, message: (d) => `缺少${field(d)}，请补充后再提交。` },
  wrong_type: {
    status: 400,
    message: (d) => `${field(d)}应为${named(d, 'expected', '规定的类型')}，请更正后再提交。`,
  },
  invalid_value: { status: 400, message: (d) => `${field(d)}的内容不符合要求，请更正后再提交。` },
  bad_text: {
    status: 400,
    message: (d) =>
      `${field(d)}中${d['near'] ? `“${d['near']}”附近` : ''}有系统无法识别的字符，没有保存。` +
      '这类字符多从其他软件粘贴而来，请删去后重新输入。',
  },
  too_long: { status: 400, message: (d) => `${field(d)}不能超过 ${named(d, 'limit', '')} 个字，请精简后再提交。` },
  too_many_rows: {
    status: 400,
    message: (d) => `${field(d)}最多填 ${named(d, 'limit', '')} 行，请合并后再提交，明细可作为附件上传。`,
  },
  idempotency_key_missing: {
    status: 400,
    message: () => '请求缺少防重复提交的编号（Idempotency-Key），没有办理。请刷新页面后再试。',
  },
  idempotency_key_malformed: {
    status: 400,
    message: () =>
      '防重复提交的编号（Idempotency-Key）格式不对，没有办理。应为 8 至 128 位字母、数字、“_”或“-”，请更正后再试。',
  },
  idempotency_key_reused: {
    status: 409,
    message: () => '同一个提交编号用在了不同的内容上，没有办理。请刷新页面，核对后重新提交。',
  },
  method_not_allowed: { status: 405, message: () => '这个地址不支持这种操作。请刷新页面后再试。' },

  unauthenticated: { status: 401, message: () => '您还没有登录，请先登录再继续。' },
  session_expired: { status: 401, message: () => '登录已过期，请重新登录；已自动保存的草稿不会丢失。' },
  account_disabled: { status: 403, message: () => '该账号已停用，请联系本单位管理员或区信息办。' },
  forbidden: { status: 403, message: (d) => `您的岗位不能${named(d, 'what', '进行这项操作')}。${OFFICE}` },
  not_found: { status: 404, message: () => '没有找到这项内容，或者您无权查看。请返回列表核对。' },
  rate_limited: { status: 429, message: (d) => `操作过于频繁，请 ${named(d, 'seconds', '60')} 秒后再试。` },

  secret_project: {
    status: 409,
    article: '3',
    rule: 'R03-2',
    message: () => '涉密事项请按保密规定线下办理，勿在本系统录入、拍照、上传（依据《办法》第三条）。',
  },
  file_not_declared_open: {
    status: 400,
    article: '3',
    rule: 'R03-3',
    message: () => '上传前请先勾选“确认不涉密”（依据《办法》第三条）。涉密材料请线下办理，勿在本系统上传。',
  },
  file_marked_secret: {
    status: 422,
    article: '3',
    rule: 'R03-3',
    message: (d) =>
      `文件名含“${named(d, 'keyword', '涉密字样')}”，不能上传（依据《办法》第三条）。` +
      '涉密材料请线下办理；确属误判的，请更名后再传，或联系区信息办人工复核。',
  },
  file_missing: { status: 400, message: () => '没有收到文件，请选择文件后再上传。' },
  one_file_only: { status: 400, message: () => '一次只能上传一个文件，系统没有保存。请逐个上传。' },
  file_empty: { status: 400, message: () => '文件是空的，请重新选择后再上传。' },
  file_too_large: {
    status: 413,
    message: (d) => `单个文件不能超过 ${named(d, 'limit', '20 MB')}，请压缩或拆分后再传。`,
  },
  file_type_refused: {
    status: 415,
    message: (d) => `不能上传这种文件，请使用 ${named(d, 'allowed', 'PDF、Word、Excel、图片、OFD')} 格式。`,
  },
  file_content_mismatch: {
    status: 415,
    message: () => '文件内容与扩展名不一致，不能上传。请用原软件打开并另存为规定格式后再传。',
  },
  too_many_files: {
    status: 409,
    message: (d) =>
      `本件已上传 ${named(d, 'limit', '60')} 个附件，不能再上传。请把其余材料合并成一个文件，或等未使用的附件 7 天后自动清理。`,
  },
  upload_aborted: { status: 400, message: () => '上传中断，文件没有保存，请重新上传。' },

  stale_version: { status: 409, message: () => '内容已有更新，您看到的不是最新的，本次没有保存。请刷新后核对再办理。' },
  stale_draft: {
    status: 409,
    message: () => '这份草稿已在另一个窗口保存过，本次没有覆盖。请刷新后核对再继续填写。',
  },
  form_incomplete: {
    status: 422,
    message: (d) => `还有 ${named(d, 'count', '若干')} 处需要补充或更正，请按提示逐项修改后再提交。`,
  },
  field_not_editable: {
    status: 403,
    message: (d) => `${field(d)}由其他席位填写，或在当前环节不能修改，没有保存。请刷新页面，只填写页面上开放的内容。`,
  },
  form_not_in_case: { status: 400, message: () => `提交的表单不属于当前环节，没有保存。${REFRESH}` },
  /** The gate brings its own sentence, article and rule. */
  gate_refused: { status: 422, message: () => `暂不满足办理条件。${OFFICE}` },
  file_not_in_case: {
    status: 422,
    message: (d) => `${field(d)}引用的附件不存在或不属于本件，请重新上传后再提交。`,
  },

  seat_empty: {
    status: 409,
    message: (d) =>
      `下一环节“${named(d, 'step', '办理')}”的岗位暂无可办理的人员，本次没有提交。请联系区信息办配置人员后再办理。`,
  },
  no_step: { status: 409, message: () => '本件没有适用的审批环节，本次没有提交。请联系区信息办检查流程设置。' },
  not_submitted: { status: 409, message: () => '本件还是草稿，尚未提交，不能办理。请等填报人提交后再办理。' },
  already_submitted: { status: 409, message: () => '本件已经提交过，不需要再次提交。可在“我的申报”中查看进度。' },
  self_approval: { status: 403, message: () => '本件由您填报，不能由您本人审批。请由该岗位的其他人员办理。' },
  own_project: {
    status: 403,
    message: () => '您在本件的申报单位任职，须回避，不能办理本件。请由该岗位的其他人员办理，或联系区信息办调整人员。',
  },
  left_seat: {
    status: 403,
    message: () =>
      '本件的填报人已不在经办岗位，不能再填写、提交或撤销本件。请本单位现任经办人联系区信息办，安排接手后再办理。',
  },
  not_candidate: {
    status: 422,
    message: (d) => `所选席位不在“${named(d, 'step', '本环节')}”的替代席位名单内，没有指定。请从名单中另选。`,
  },
  substitute_conflicted: {
    status: 409,
    message: () => '所选席位也属于申报单位，或其人员在申报单位任职，同样需要回避，没有指定。请另选一个席位。',
  },
  substitute_votes: {
    status: 409,
    message: () => '所选席位已在本轮会审中出具意见，不能再替代其他席位。请另选一个席位。',
  },
  no_substitute: {
    status: 409,
    message: () => '名单内已没有可以替代的席位。请联系区信息办补充替代席位后再指定。',
  },
  plan_empty: { status: 422, message: () => '没有待送审的项目，没有送出。请先把项目编入计划草案。' },
  plan_project_refused: {
    status: 409,
    message: (d) =>
      `“${named(d, 'title', '所选项目')}”不能编入 ${named(d, 'year', '')} 年度计划草案：须为本年度已受理、尚未编入的项目。请刷新后重新选择。`,
  },
  task_closed: { status: 409, message: () => '这项任务已经办结，不需要再办理。请返回待办列表核对。' },
  not_your_task: { status: 403, message: () => '这项任务不由您办理。请返回待办列表核对。' },
  case_ended: { status: 409, message: () => '本件已经办结，不能再办理。可在办件详情中查看结果。' },
  opinion_required: { status: 422, message: () => '请填写意见，说明理由和需要补正的内容后再提交。' },
  action_not_offered: { status: 422, message: () => `当前环节不能这样办理。${REFRESH}` },
  return_target: { status: 422, message: () => '当前环节不能退回到所选位置，请重新选择退回对象。' },
  return_used: {
    status: 409,
    message: () => '本环节的补正已一次性告知过，不能再次退回。请作出受理或不予受理的决定。',
  },
  withdraw_too_late: { status: 409, message: () => '已有人作出决定，不能再撤回。确需撤回的，请联系当前办理人退回。' },

  form_malformed: {
    status: 422,
    message: (d) =>
      `表单草稿的${field(d)}处写法不对${d['reason'] ? `（${d['reason']}）` : ''}，没有保存。请按表单语言的说明更正后再保存。`,
  },
  form_key_differs: {
    status: 422,
    message: () => '表单正文里的标识（key）与地址里的不一致，没有保存。标识发布后不能更改，请改回后再保存。',
  },
  form_draft_stale: {
    status: 409,
    message: () => '这份表单草稿已由另一位管理员或另一个窗口改动、发布或删除，本次没有保存。请刷新后核对再继续。',
  },
  form_base_outdated: {
    status: 409,
    message: (d) =>
      `这份草稿改自旧的版本，期间已发布第 ${named(d, 'version', '')} 版，没有发布。请比对最新版本，合并后重新保存草稿再发布。`,
  },
  form_findings: {
    status: 422,
    message: (d) => `表单还有 ${named(d, 'count', '若干')} 处问题，不能发布或演练。请按提示逐项更正后再试。`,
  },
  form_unchanged: { status: 409, message: () => '草稿与现行版本内容相同，没有发布。请先修改，或删除这份草稿。' },
  form_retired: {
    status: 409,
    message: (d) => `表单“${named(d, 'title', '所需表单')}”已停用，不能用于新的办件。请联系区信息办的表单管理员。`,
  },
  reason_required: { status: 422, message: () => '请写明理由：它会随版本记录长期保存，供以后核对。' },
  rehearsal_running: {
    status: 409,
    message: () => '这张表单已有一次演练正在进行，没有再次开始。请等它结束，或先取消它。',
  },
  rehearsal_ended: { status: 409, message: () => '这次演练已经结束，不能取消。请刷新后查看结果。' },
  version_not_newer: {
    status: 409,
    message: () => '本件已使用这张表单的最新版本，或该版本已被更新的版本取代，没有更换。请刷新后核对。',
  },
  version_tampered: {
    status: 500,
    message: (d) =>
      `已发布的第 ${named(d, 'version', '某')} 版内容与发布时留下的校验值不符，可能被人绕过系统改动，已停止使用。请立即联系区信息办核查数据库。`,
  },

  unavailable: { status: 503, message: () => '系统暂时繁忙，请稍后再试。' },
  internal: {
    status: 500,
    message: (d) =>
      `系统内部出错，本次没有办理。请稍后再试；仍不行请把编号 ${named(d, 'requestId', '')} 告知区信息办。`,
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** The whole entry of a code, its optional parts included. */
export const entryOf = (code: ErrorCode): Entry => ERRORS[code];

/** What a refusal brings along beyond its code. */
export interface Grounds {
  /** Takes the place of the catalogue's sentence where a form or a gate has its own words. */
  message?: string;
  article?: string;
  rule?: string;
  problems?: Problem[];
}

/** The one way to refuse: thrown anywhere, worded by the catalogue, answered by the boundary. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly detail: Detail;
  readonly article: string | undefined;
  readonly rule: string | undefined;
  readonly problems: Problem[] | undefined;

  constructor(code: ErrorCode, detail: Detail = {}, grounds: Grounds = {}) {
    super(grounds.message ?? entryOf(code).message(detail));
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.article = grounds.article ?? entryOf(code).article;
    this.rule = grounds.rule ?? entryOf(code).rule;
    this.problems = grounds.problems;
  }
}
