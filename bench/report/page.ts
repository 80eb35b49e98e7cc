/** The page with this section in the place of the one of the same title, or at its end. */
export function withSection(page: string, section: string): string {
  const [title] = section.split('\n')
  const parts = page.trim().split(/\n\n(?=## )/)
  const at = parts.findIndex((part) => part.split('\n')[0] === title)
  return `${parts.toSpliced(at < 0 ? parts.length : at, at < 0 ? 0 : 1, section).join('\n\n')}\n`
}
