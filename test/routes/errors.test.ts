import { describe, expect, test } from '@jest/globals';
import { FieldRefusal } from '../../forms/language/submission.ts';
import { entryOf, ERRORS, isErrorCode, Refusal, type ErrorCode } from '../../server/errors.ts';
import { FlowRefusal } from '../../server/flow/model.ts';
import { FLOW_REFUSALS } from '../../server/flow/refusals.ts';
import { refusalFrom } from '../../server/refusalFrom.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('the catalogue of refusals', () => {
  test.each(codes)('%s: a status, and a Chinese sentence that ends with what to do', (code) => {
    const { status, message } = entryOf(code);
    expect(status).toBeGreaterThanOrEqual(400);
    for (const sentence of [message({}), message({ field: '项目名称', limit: 5, step: 'head' })]) {
      expect(sentence).toMatch(/^[“\u4e00-\u9fff].{8,}。$/);
      expect(sentence).not.toMatch(/undefined|操作失败|“”/);
      expect(sentence).toMatch(/请|须|勿|可在|可联系|不需要/);
    }
  });

  test('a rule of the regulation is named where it refuses', () => {
    expect(new Refusal('file_marked_secret')).toMatchObject({ article: '3', rule: 'R03-3' });
    expect(new Refusal('file_marked_secret').message).toContain('依据《办法》第三条');
  });

  test('has a sentence for every refusal of the engine', () => {
    expect(FLOW_REFUSALS.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  test('what other rooms throw is translated; what is a defect is not', () => {
    expect(refusalFrom(new FlowRefusal('task_closed'))).toMatchObject({ code: 'task_closed' });
    expect(refusalFrom(new FieldRefusal('title', '项目名称'))?.message).toContain('“项目名称”');
    expect(refusalFrom(Object.assign(new Error('deadlock'), { errno: 1213 }))).toMatchObject({ code: 'unavailable' });
    expect(refusalFrom(new FlowRefusal('toString'))).toBeNull();
    expect(refusalFrom(new TypeError('x is not a function'))).toBeNull();
  });
});
