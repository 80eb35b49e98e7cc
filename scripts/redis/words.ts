/** The word at `index`, which the command's arity has already promised. */
export function word(words: string[], index: number): string {
  const found = words[index]
  if (found === undefined) throw new RangeError(`No word ${index} in a command of ${words.length}.`)
  return found
}

/** Words two by two. An odd one out is not ours to judge: check the length first. */
export function pairs(words: string[]): [string, string][] {
  return words.flatMap((first, at) => (at % 2 === 0 ? [[first, word(words, at + 1)]] : []))
}
