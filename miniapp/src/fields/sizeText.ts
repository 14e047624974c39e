/** `1.3 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  const kilo = bytes / 1024;
  if (kilo < 1024) return `${Math.round(kilo)} KB`;
  const mega = kilo / 1024;
  return `${Number.isInteger(mega) ? mega : mega.toFixed(1)} MB`;
}
