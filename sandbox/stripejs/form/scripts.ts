import { sentAs } from '@/sandbox/stripejs/sent-as'
import { loadError } from './load-error'
import { paymentForm } from './payment-form'

/** The scripts of the pages in an element's iframe. */
export const FORM_SCRIPT = sentAs(paymentForm)
export const LOAD_ERROR_SCRIPT = sentAs(loadError)
