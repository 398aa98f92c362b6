/** `61 %`; below 10 with one decimal, so that a small share does not read as none. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  const rounded = Math.abs(percent) < 9.95 ? Math.round(percent * 10) / 10 : Math.round(percent);
  return `${rounded} %`;
}
