import type { Form, Node, Problem } from '../../../forms/language/dialect.ts';
import { inOrder } from '../../../forms/language/outline.ts';
import { stateIn } from '../../../forms/language/states.ts';
import type { FillContext, Settled } from '../../../forms/language/states.ts';
import { keysBelow } from './questions.ts';

/** One step of the rail: a section of the form, or loose questions that stand in none. */
export interface Step {
  key: string;
  title: string;
  description?: string;
  /** The nodes to draw, by key. */
  properties: Record<string, Node>;
  /** Keys of all fields in it. */
  keys: string[];
  /** How many things must still be put right. */
  missing: number;
}

/** The steps somebody with these rights sees for this data. */
export function stepsOf(
  form: Form,
  settled: Settled,
  ctx: FillContext,
  problems: ReadonlyMap<string, Problem[]>,
): Step[] {
  const blocking = countByKey(problems);
  return sectionsOf(form)
    .map((section) => {
      const keys = keysBelow(section.properties);
      const missing = keys.reduce((sum, key) => sum + (blocking.get(key) ?? 0), 0);
      return { ...section, keys, missing };
    })
    .filter((step) => step.keys.some((key) => stateIn(form, settled, key, ctx).visible));
}

/** Whether the rail would look the same. */
export function looksSame(one: Step[], other: Step[]): boolean {
  const looks = (steps: Step[]) => steps.map((step) => `${step.key} ${step.missing}`).join();
  return looks(one) === looks(other);
}

function countByKey(problems: ReadonlyMap<string, Problem[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [path, found] of problems) {
    const key = path.split('.')[0] ?? path;
    const blocking = found.filter((problem) => problem.level === 'block').length;
    counts.set(key, (counts.get(key) ?? 0) + blocking);
  }
  return counts;
}

function sectionsOf(form: Form): Omit<Step, 'keys' | 'missing'>[] {
  const sections: Omit<Step, 'keys' | 'missing'>[] = [];
  let loose: Record<string, Node> | null = null;
  for (const [key, node] of inOrder(form.properties)) {
    if (node['x-component'] === 'Section') {
      loose = null;
      sections.push({ key, title: node.title, description: node.description, properties: { [key]: node } });
    } else if (loose) {
      loose[key] = node;
    } else {
      loose = { [key]: node };
      sections.push({ key: `${key}-loose`, title: form.title, properties: loose });
    }
  }
  return sections;
}
