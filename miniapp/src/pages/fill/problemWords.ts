import type { Problem } from '../../api/types.ts';

/**
 * The line in the list of what is to be put right. Most sentences name their field themselves, and in a table the
 * row: said once, it need not be said again for the column.
 */
export function wordsOf({ title, message }: Pick<Problem, 'title' | 'message'>): string {
  const [name = '', row] = title.split(' ');
  const named = [name, row ?? name].every((word) => message.includes(word));
  return named ? message : `${title}：${message}`;
}
