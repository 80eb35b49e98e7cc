/** A stretch of time in few characters: `0.8 s`, `12 min`, `3 h`, `2 d`. */
export function spanText(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 0) return `−${spanText(-milliseconds)}`
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}
