import { expect, test } from '@jest/globals';
import { isErrorCode } from '../../server/errors.ts';
import { FLOW_REFUSALS } from '../../server/flow/refusals.ts';

test('the catalogue has a sentence for every refusal of the engine', () => {
  expect(FLOW_REFUSALS.filter((code) => !isErrorCode(code))).toEqual([]);
});
