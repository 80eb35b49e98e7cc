/** The kinds of tax id that a person is most likely to have; the API takes all. */
export const TAX_ID_KINDS = [
  { code: 'eu_vat', name: 'VAT number of the European Union' },
  { code: 'gb_vat', name: 'VAT number of the United Kingdom' },
  { code: 'ch_vat', name: 'Swiss VAT number' },
  { code: 'no_vat', name: 'Norwegian VAT number' },
  { code: 'au_abn', name: 'Australian Business Number' },
  { code: 'us_ein', name: 'US Employer Identification Number' },
]
