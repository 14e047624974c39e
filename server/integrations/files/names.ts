/** What a file is called: as a browser wrote it, as it is kept, and whether it carries a mark of secrecy. */

const ESCAPED: Record<string, string> = { '%22': '"', '%0D': '\r', '%0A': '\n' };

/** The name before a browser escaped it for a multipart header: these three signs and no others (WHATWG). */
export const nameFromForm = (sent: string): string => sent.replace(/%(?:22|0D|0A)/g, (sign) => ESCAPED[sign] ?? sign);

/** What stands after the last dot, in small letters; empty when that is no extension. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The name as it is kept: without folders, control characters and direction marks, at most 120 characters. */
export const cleanName = (sent: string): string => {
  const base = sent.normalize('NFC').split(/[/\\]/).pop() ?? '';
  const plain = base.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim();
  const extension = extensionOf(plain);
  const stem = extension === '' ? plain : plain.slice(0, -(extension.length + 1));
  const kept = [...stem].slice(0, 120 - extension.length).join('');
  return extension === '' ? kept : `${kept}.${extension}`;
};

/** Let through: words in which the two characters only meet (拒绝+密码, 计算机+密钥, 主机+密集), and 机密性, 机密计算. */
const MARKS = /(?<![拒杜])绝密(?![码钥])|机密(?![码钥封集性]|计算)|秘密(?![码钥])|内部(?:文件|资料)/;

/**
 * The mark of a secret or internal document in a file's name, however it is spaced; null when there is none (R03-3).
 * A mark counts wherever it stands. That also stops a few harmless names, 商业秘密保护制度 among them: renaming a file
 * costs a minute, a secret on this system cannot be taken back, and the refusal says how to have it looked at.
 */
export const secretMark = (name: string): string | null => {
  const plain = name.normalize('NFKC').replace(/[\p{C}\p{M}\s]/gu, '');
  return MARKS.exec(plain)?.[0] ?? null;
};
