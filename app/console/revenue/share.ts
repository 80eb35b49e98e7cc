/** How many of a hundred: `12.5 %`; a dash of nothing. */
export function shareText(part: number, whole: number): string {
  return whole > 0 ? `${((part / whole) * 100).toFixed(1)} %` : '–'
}
