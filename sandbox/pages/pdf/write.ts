/** One line of text: how far down and from the left it stands, in points. */
export interface Text {
  x: number
  y: number
  size: number
  text: string
  /** Ends at `x` instead of beginning there. */
  right?: boolean
  bold?: boolean
}

// A4, in points.
const WIDTH = 595
const HEIGHT = 842
// The lines that fit on one page stand above this.
const BOTTOM = 60

/** A PDF of plain text, in the fonts that every reader has; as many pages as the lines need. */
export function writePdf(texts: readonly Text[]): Buffer {
  const pages = new Map<number, Text[]>()
  for (const text of texts) {
    const nth = Math.floor(text.y / (HEIGHT - BOTTOM))
    pages.set(nth, [...(pages.get(nth) ?? []), { ...text, y: text.y - nth * (HEIGHT - BOTTOM) }])
  }
  const streams = [...pages.values()].map((lines) => lines.map(shown).join('\n'))
  const first = 5
  const kids = streams.map((_, nth) => `${first + nth * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${streams.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...streams.flatMap((stream, nth) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${first + nth * 2 + 1} 0 R >>`,
      `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
    ]),
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, nth) => {
    const at = Buffer.byteLength(body, 'latin1')
    body += `${nth + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = Buffer.byteLength(body, 'latin1')
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  body += `xref\n0 ${size}\n0000000000 65535 f \n${rows}`
  body += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`
}

function shown({ x, y, size, text, right = false, bold = false }: Text): string {
  const from = right ? x - widthOf(text, size) : x
  const at = `${from.toFixed(2)} ${(HEIGHT - y).toFixed(2)}`
  return `BT /${bold ? 'F2' : 'F1'} ${size} Tf 1 0 0 1 ${at} Tm (${escaped(text)}) Tj ET`
}

/** The fonts know Western letters; what they do not know is a question mark. */
function escaped(text: string): string {
  return text
    .replaceAll('\u2212', '-')
    .replaceAll('\u20ac', '\x80')
    .replaceAll(/[^\x20-\xff]/g, '?')
    .replaceAll(/[\\()]/g, (sign) => `\\${sign}`)
}

// Digits of Helvetica are all 0.556 of its size wide, and signs of an amount half of that.
function widthOf(text: string, size: number): number {
  const units = [...text].reduce((sum, sign) => sum + (/[.,: ]/.test(sign) ? 0.278 : 0.556), 0)
  return units * size
}
