/**
 * Patterns run in three engines: RE2 on the server, the phone's and the browser's. Only what means the same in all
 * three is allowed, and nothing that could make a backtracking engine hang.
 */

export type PatternFault = 'invalid' | 'notAnchored' | 'notPortable' | 'couldHang';

const ESCAPES = 'dDwW^$\\.*+?()[]{}|/';

interface Group {
  branching: boolean;
}

/** Why the pattern may not be used, or null. */
export function patternFault(pattern: string): PatternFault | null {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'invalid';
  }
  if (pattern.charAt(0) !== '^' || !/(^|[^\\])(\\\\)*\$$/.test(pattern)) return 'notAnchored';
  return scan(pattern);
}

function scan(pattern: string): PatternFault | null {
  const open: Group[] = [];
  let closed: Group | null = null;
  let unbounded = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const group = open[open.length - 1];
    const justClosed: Group | null = closed;
    closed = null;
    if (character === '\\') {
      at += 1;
      const escaped = pattern.charAt(at);
      if (ESCAPES.indexOf(escaped) < 0 && !(inClass && escaped === '-')) return 'notPortable';
    } else if (inClass) {
      // RE2 reads `[[:` as the start of a named class.
      if (character === '[') return 'notPortable';
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
    } else if (character === '(') {
      if (pattern.charAt(at + 1) === '?' && pattern.charAt(at + 2) !== ':') return 'notPortable';
      if (pattern.charAt(at + 1) === '?') at += 2;
      open.push({ branching: false });
    } else if (character === ')') {
      closed = open.pop() ?? null;
      const outer = open[open.length - 1];
      if (closed?.branching && outer) outer.branching = true;
    } else if (character === '|') {
      if (group) group.branching = true;
    } else if (character === '*' || character === '+' || character === '{') {
      if (justClosed?.branching) return 'couldHang';
      const bounds = /^\{\d{1,3}(?:,\d{0,3})?\}/.exec(pattern.slice(at))?.[0];
      if (character === '{' && bounds === undefined) return 'notPortable';
      const fixed = bounds !== undefined && /^\{\d+\}$/.test(bounds);
      if (!fixed) {
        unbounded += 1;
        if (group) group.branching = true;
      }
      at += (bounds ?? ' ').length - 1;
    } else if (character === '?' && group) {
      group.branching = true;
    }
  }
  return unbounded > 3 ? 'couldHang' : null;
}
