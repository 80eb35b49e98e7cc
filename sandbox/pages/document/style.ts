import { trusted } from '@/sandbox/pages/html'
import { STYLE_BASE } from './style-base'
import { STYLE_CHECKOUT } from './style-checkout'
import { STYLE_DASHBOARD } from './style-dashboard'
import { STYLE_FORMS } from './style-forms'
import { STYLE_PORTAL } from './style-portal'

/** The one style sheet, written into every page so that a page is one request and one hash. */
export const STYLE = trusted(
  [STYLE_BASE, STYLE_FORMS, STYLE_CHECKOUT, STYLE_PORTAL, STYLE_DASHBOARD].join('\n'),
)
