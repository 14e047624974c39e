import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { lint } from '../../server/flow/lint.ts';
import type { Flow } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { GATE_NAMES } from '../../server/lifecycle/gates.ts';
import { unnamedStates } from '../../server/lifecycle/states.ts';

const ROOT = new URL('../../forms/', import.meta.url);
const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')) as T;

// A folder may hold forms alone: its flow comes with its stage.
const folders = readdirSync(new URL('stages/', ROOT))
  .filter((folder) => existsSync(new URL(`stages/${folder}/flow.json`, ROOT)))
  .sort();
const forms = folders.map((folder) => read<Form>(`stages/${folder}/form.json`));
const known = {
  units: read<{ units: { code: string }[] }>('catalogue/units.json').units.map(({ code }) => code),
  seats: read<{ seats: { key: string }[] }>('catalogue/seats.json').seats.map(({ key }) => key),
  forms: Object.fromEntries(forms.map((form) => [form.key, fieldsOf(form).map(({ key }) => key)])),
};

describe.each(folders)('stage %s', (folder) => {
  const flow = read<Flow>(`stages/${folder}/flow.json`);
  const stage = read<Stage>(`stages/${folder}/stage.json`);

  test('its flow has no findings', () => {
    expect(lint(flow, known)).toEqual([]);
  });

  test('names a project state for every step and for the return, and only gates that exist', () => {
    const keys = stepsOf(flow.nodes).map(({ key }) => key);
    expect(unnamedStates(stage, keys)).toEqual([]);
    expect(stage.gates.filter(({ gate }) => !GATE_NAMES.includes(gate))).toEqual([]);
  });
});
