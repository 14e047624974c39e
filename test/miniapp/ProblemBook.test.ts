import { autorun } from '@formily/reactive';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Problem } from '../../forms/language/dialect.ts';
import { ProblemBook } from '../../miniapp/src/fields/ProblemBook.ts';

const problem = (path: string, code = 'required'): Problem => {
  return { path, code, title: path, level: 'block', message: `请填写“${path}”。` };
};
const pathsOf = (problems: Problem[]) => problems.map(({ path }) => path);

let book: ProblemBook;
beforeEach(() => {
  book = new ProblemBook();
});
const found = (...problems: Problem[]) => book.update(problems, {}, {});

describe('when a problem is shown', () => {
  test('not before the person has left the field', () => {
    found(problem('goals'), problem('period'));
    expect(book.at('goals')).toEqual([]);
    book.touch(['goals']);
    expect(pathsOf(book.at('goals'))).toEqual(['goals']);
    expect(book.at('period')).toEqual([]);
    expect(pathsOf(book.all())).toEqual(['goals', 'period']);
  });

  test('all of them after an attempt to submit, and no longer once corrected', () => {
    found(problem('goals'), problem('goals', 'tooShort'), problem('period'));
    book.demand();
    expect(book.at('goals').map(({ code }) => code)).toEqual(['required', 'tooShort']);
    expect(pathsOf(book.at('period'))).toEqual(['period']);
    found(problem('period'));
    expect(book.at('goals')).toEqual([]);
  });

  test('a row just added is spared until the person leaves it', () => {
    found(problem('items.1.amount'), problem('items.10.amount'));
    book.demand();
    book.spare('items.1');
    expect(book.at('items.1.amount')).toEqual([]);
    expect(book.inRow('items', 1)).toEqual([]);
    expect(pathsOf(book.at('items.10.amount'))).toEqual(['items.10.amount']);
    book.spare(null);
    expect(pathsOf(book.at('items.1.amount'))).toEqual(['items.1.amount']);
  });

  test('even in a spared row what has been left is shown', () => {
    found(problem('items.1.amount'));
    book.spare('items.1');
    book.touch(['items.1.amount']);
    expect(pathsOf(book.at('items.1.amount'))).toEqual(['items.1.amount']);
  });
});

describe('in a table', () => {
  beforeEach(() => {
    found(
      problem('items'),
      problem('items.amount'),
      problem('items.1'),
      problem('items.1.name'),
      problem('items.10.name'),
    );
    book.demand();
  });

  test('a card shows its own row', () => {
    expect(pathsOf(book.inRow('items', 1))).toEqual(['items.1', 'items.1.name']);
    expect(pathsOf(book.inRow('items', 10))).toEqual(['items.10.name']);
    expect(book.inRow('items', 0)).toEqual([]);
  });

  test('below the table stands what is of no row', () => {
    expect(pathsOf(book.ofTable('items'))).toEqual(['items', 'items.amount']);
    expect(book.ofTable('item')).toEqual([]);
  });
});

describe('what the server refused', () => {
  test('is shown at once, beside what is found here, and not twice', () => {
    book.refuse([problem('title', 'taken'), problem('goals')]);
    found(problem('goals'));
    expect(book.at('title').map(({ code }) => code)).toEqual(['taken']);
    expect(book.at('goals')).toHaveLength(1);
  });

  test('goes when its field is changed, and only then', () => {
    book.refuse([problem('title', 'taken'), problem('items.0.name', 'taken')]);
    const [before, after] = [
      { title: '甲', items: [{ name: '一' }] },
      { title: '乙', items: [{ name: '一' }] },
    ];
    book.update([], before, before);
    expect(pathsOf(book.all())).toEqual(['title', 'items.0.name']);
    book.update([], before, after);
    expect(pathsOf(book.all())).toEqual(['items.0.name']);
    book.update([], after, before);
    expect(pathsOf(book.all())).toEqual(['items.0.name']);
    book.update([], before, { ...before, items: [{ name: '二' }] });
    expect(book.all()).toEqual([]);
  });
});

describe('the screen', () => {
  test('is drawn anew when there is something new to see, and left alone otherwise', () => {
    let drawn = 0;
    const stop = autorun(() => {
      void book.byPath;
      drawn += 1;
    });
    const after = (what: () => void) => {
      drawn = 0;
      what();
      return drawn;
    };
    expect(after(() => found(problem('goals')))).toBe(1);
    expect(after(() => found(problem('goals')))).toBe(0);
    expect(after(() => book.touch(['goals']))).toBe(1);
    expect(after(() => book.touch(['goals']))).toBe(0);
    expect(after(() => book.demand())).toBe(1);
    expect(after(() => book.demand())).toBe(0);
    expect(after(() => found())).toBe(1);
    stop();
  });
});
