/** The words of the docstring that ends right before `at`; nothing where there is none. */
export function docstringBefore(text: string, at: number): string {
  const [, words = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, at)) ?? []
  return words
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim()
}

/** Its first sentence, which says what the thing is. */
export function firstSentence(words: string): string {
  // A full stop within an address or a number ends nothing.
  const [first = ''] = words.split(/(?<=\.)\s+/)
  return first
}
