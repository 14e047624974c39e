import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { classOf, docCounter, docNo, projectCounter, projectNo } from '../../server/lifecycle/numbers.ts';

describe('numbers', () => {
  test('of a project and of a document', () => {
    const project = projectNo(2027, 'application', 7);
    expect(project).toBe('XY-2027-YY-0007');
    expect(docNo(project, 'SB', 1)).toBe('XY-2027-YY-0007-SB-01');
  });

  test('grow beyond their width instead of wrapping round', () => {
    expect(projectNo(2027, 'security', 12345)).toBe('XY-2027-AQ-12345');
    expect(docNo('XY-2027-AQ-0001', 'SB', 100)).toBe('XY-2027-AQ-0001-SB-100');
  });

  test('refuse what is no sequence', () => {
    for (const sequence of [0, -1, 1.5, Number.NaN]) expect(() => projectNo(2027, null, sequence)).toThrow(RangeError);
  });

  test('every kind of the dictionary has letters of its own; others share 其他', () => {
    const file = new URL('../../forms/catalogue/dictionaries.json', import.meta.url);
    const dictionaries = JSON.parse(readFileSync(file, 'utf8')) as { projectKind: { value: string }[] };
    const letters = dictionaries.projectKind.map(({ value }) => classOf(value));
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters).not.toContain('QT');
    expect([classOf('somethingNew'), classOf('constructor'), classOf(null)]).toEqual(['QT', 'QT', 'QT']);
  });

  test('counters are told apart by year, project and form', () => {
    const names = [
      projectCounter(2027),
      projectCounter(2028),
      docCounter('A', 'SB'),
      docCounter('A', 'SL'),
      docCounter('B', 'SB'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
