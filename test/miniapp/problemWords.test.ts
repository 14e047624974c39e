import { expect, test } from '@jest/globals';
import { wordsOf } from '../../miniapp/src/pages/fill/problemWords.ts';

test('a sentence that names its field and row stands by itself', () => {
  const message = '“建设内容核减”第1行：建议核减这一项，却没有写理由。';
  expect(wordsOf({ title: '建设内容核减 第1行 区财政局理由', message })).toBe(message);
  expect(wordsOf({ title: '理由', message: '请填写“理由”。' })).toBe('请填写“理由”。');
});

test('one that does not is told where it belongs', () => {
  const message = '有检查项不符合，不能选“同意”。';
  expect(wordsOf({ title: '意见', message })).toBe(`意见：${message}`);
  expect(wordsOf({ title: '建设内容核减 第2行 区财政局理由', message: '“建设内容核减”还缺理由。' })).toBe(
    '建设内容核减 第2行 区财政局理由：“建设内容核减”还缺理由。',
  );
});
