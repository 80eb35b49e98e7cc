/** Redis' glob (`*`, `?`, `[a-c]`, `[^x]`, `\` escapes) as a regular expression over the whole key. */
export function globPattern(glob: string): RegExp {
  const parts = glob.match(/\\.|\[\^?(?:\\.|[^\]\\])*\]?|./gsu) ?? []
  // Stars in a row mean one, and would otherwise only cost time.
  const single = parts.filter((part, at) => part !== '*' || parts[at - 1] !== '*')
  return new RegExp(`^${single.map(translate).join('')}$`, 'su')
}

function translate(part: string): string {
  if (part === '*') return '.*'
  if (part === '?') return '.'
  return part.startsWith('[') ? characterClass(part) : code(bare(part))
}

function characterClass(part: string): string {
  const [, negation = '', body = ''] = /^\[(\^?)(.*?)\]?$/su.exec(part) ?? []
  const members = body.match(/(?:\\.|.)-(?:\\.|.)|\\.|./gsu) ?? []
  return members.length > 0 ? `[${negation}${members.map(member).join('')}]` : '(?!)'
}

/** One character, or a range, which Redis reads in either direction. */
function member(text: string): string {
  const range = /^(\\.|.)-(\\.|.)$/su.exec(text)
  if (!range) return code(bare(text))
  const ends = [range[1] ?? '', range[2] ?? ''].map((end) => bare(end).codePointAt(0) ?? 0)
  return ends
    .sort((a, b) => a - b)
    .map((end) => code(String.fromCodePoint(end)))
    .join('-')
}

const bare = (text: string) => text.replace(/^\\(.)$/su, '$1')

// Every literal is written as a code point, so that nothing in a key can mean something to RegExp.
const code = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
