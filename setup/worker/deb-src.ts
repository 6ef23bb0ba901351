/** An apt source file turned from binary packages to source packages; other lines are dropped. */
export function debSrc(fileName: string, text: string): string {
  if (fileName.endsWith('.sources')) return text.replace(/^Types:.*$/gim, 'Types: deb-src');
  return text
    .split('\n')
    .filter((line) => /^\s*deb\s/.test(line))
    .map((line) => line.replace(/^\s*deb\s/, 'deb-src '))
    .join('\n')
    .concat('\n');
}
