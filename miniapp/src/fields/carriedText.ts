/** Where an answer came from that nobody had to type; `from` as the server names it. */
export function carriedText(from: string): string {
  if (from === 'unit') return '按单位信息填写';
  if (from === 'project') return '按项目信息填写';
  return from === 'declaration' ? '从申报表带入' : '从以前的表单带入';
}
