// The example mendline.yaml, and the secrets that its sources of webhooks ask for.
import { join } from 'node:path'

export const exampleFile = join(import.meta.dirname, '../../docs/examples/mendline.yaml')
export const exampleSecrets = { WEBHOOK_IN_SHOP_SECRET: `whsec_${'a'.repeat(32)}`, WEBHOOK_IN_MACHINES_SECRET: 'a-secret-of-machines' }
