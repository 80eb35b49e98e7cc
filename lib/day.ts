const LONG = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const MOMENT = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** `December 7, 2026`, in UTC: the server cannot know where the reader is, and a bill's day must not wobble. */
export function formatDay(date: Date): string {
  return LONG.format(date)
}

/** `December 7, 2026 at 2:05 PM UTC`. */
export function formatMoment(date: Date): string {
  return `${MOMENT.format(date)} UTC`
}
