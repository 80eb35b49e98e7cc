import { consoleMetadata, consolePage } from './console-page'
import { Heading } from './heading'
import { Outcome } from './outcome'

export const generateMetadata = consoleMetadata('Customers')

export default consolePage('customers', async ({ query }) => (
  <>
    <Heading title="Customers" />
    <Outcome query={query} page="/console" />
  </>
))
