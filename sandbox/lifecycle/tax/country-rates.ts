/** What a tax is called, and how much of a price it is, in percent. */
export interface CountryRate {
  percentage: number
  name: string
  type: 'gst' | 'sales_tax' | 'vat' | 'jct'
}

// Standard rates. Stripe's own tables know places and goods; these know countries, and some states.
const VAT =
  'AT:20 BE:21 BG:20 HR:25 CY:19 CZ:21 DE:19 DK:25 EE:24 ES:21 FI:25.5 FR:20 GR:24 HU:27 IE:23 IT:22 LT:21 LU:17 LV:21 MT:18 NL:21 PL:23 PT:23 RO:21 SE:25 SI:22 SK:23'
const OTHERS =
  'GB:20:VAT CH:8.1:VAT NO:25:VAT AU:10:GST NZ:15:GST CA:5:GST SG:9:GST IN:18:GST JP:10:JCT'
const STATES = 'CA:7.25 CO:2.9 FL:6 IL:6.25 MA:6.25 NJ:6.625 NY:4 OH:5.75 PA:6 TX:6.25 WA:6.5'

const UNION = new Set(VAT.split(' ').map((entry) => entry.slice(0, 2)))

const TYPES = { VAT: 'vat', GST: 'gst', JCT: 'jct' } as const

const RATES = new Map<string, CountryRate>([
  ...VAT.split(' ').map((entry) => rateOf(`${entry}:VAT`)),
  ...OTHERS.split(' ').map(rateOf),
  ...STATES.split(' ').map((entry): [string, CountryRate] => {
    const [state, percent] = entry.split(':')
    return [`US-${state}`, { percentage: Number(percent), name: 'Sales Tax', type: 'sales_tax' }]
  }),
])

/** The rate where a customer is, or null where none is collected. */
export function countryRate(country: string, state: string | null): CountryRate | null {
  return RATES.get(country === 'US' ? `US-${state ?? ''}` : country) ?? null
}

/** Whether a business there owes the tax itself, when it has a number to do so. The seller is in the United States. */
export function shiftsTax(country: string, taxIds: readonly string[]): boolean {
  if (UNION.has(country)) return taxIds.includes('eu_vat')
  return SHIFTED[country] !== undefined && taxIds.includes(SHIFTED[country])
}

const SHIFTED: Record<string, string> = {
  AU: 'au_abn',
  CH: 'ch_vat',
  GB: 'gb_vat',
  NO: 'no_vat',
  NZ: 'nz_gst',
  SG: 'sg_gst',
}

function rateOf(entry: string): [string, CountryRate] {
  const [country = '', percent, name = 'VAT'] = entry.split(':')
  const type = TYPES[name as keyof typeof TYPES]
  return [country, { percentage: Number(percent), name, type }]
}
