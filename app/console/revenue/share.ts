/** How many of a hundred: `12.5 %`. */
export function shareText(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`
}
