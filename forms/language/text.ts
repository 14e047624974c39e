/**
 * Characters nobody sees. Written as ranges of UTF-16 units, because older phones do not know `\p{…}`: everything that
 * Unicode lets a screen leave out (Default_Ignorable_Code_Point), interlinear marks, and the empty Braille cell.
 */
const UNSEEN = new RegExp(
  '[\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\ufe00-\\ufe0f]' +
    '|[\\u00ad\\u061c\\u115f\\u1160\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb]' +
    '|\\ud82f[\\udca0-\\udca3]|\\ud834[\\udd73-\\udd7a]|[\\udb40-\\udb43][\\udc00-\\udfff]',
  'g',
);

/** Of these, what may be taken out without changing how the rest is drawn: zero width and direction. */
const STRAY = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const UNTIDY = /[\r\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** The text as it can be seen: what two names that look the same have in common. */
export function seenOf(text: string): string {
  return text.replace(UNSEEN, '');
}

/** Whether there is nothing to see. */
export function isBlank(text: string): boolean {
  // Nearly every text begins with a letter or a Chinese character.
  const first = text.charCodeAt(0);
  if ((first > 0x20 && first < 0x7f) || (first >= 0x4e00 && first <= 0x9fff)) return false;
  return seenOf(text).trim() === '';
}

/** The text as it is stored: without stray characters and outer blanks, lines ending in one way. */
export function tidyText(text: string): string {
  return UNTIDY.test(text) ? text.replace(STRAY, '').replace(/\r\n?/g, '\n').trim() : text.trim();
}
