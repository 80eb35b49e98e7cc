const LINE = /"day":"(\d{4}-\d\d-\d\d)","root":"([0-9a-f]{64})"/g

/**
 * The roots in lines of the log, by day. A log drain may have wrapped the lines in JSON of its own.
 * Of two roots for a day the first counts: it is the older one.
 */
export function keptRoots(text: string): Map<string, string> {
  const kept = new Map<string, string>()
  for (const [, day = '', root = ''] of text.replaceAll('\\"', '"').matchAll(LINE)) {
    if (!kept.has(day)) kept.set(day, root)
  }
  return kept
}
