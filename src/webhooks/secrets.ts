// The secrets that deliveries are signed with: apart from the endpoints, whose history many may read.
import type { Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { defineCollection } from '../storage/collection.ts'
import type { WebhookEndpoint } from './endpoint.ts'
import { writeSecret } from './sign.ts'

export interface WebhookSecret {
  /** `<endpoint>/<number>`. */
  _id: string
  /** As its holder has it: `whsec_…`. */
  secret: string
}

export const webhookSecretsCollection = defineCollection<WebhookSecret>('webhook_secrets')

/** Standard Webhooks: 24 to 64. */
const bytes = 32

/** Made by whoever needs it first; everybody else gets the same. */
export async function makeSecret({ collections, random }: Core, endpoint: string, number: number): Promise<string> {
  const _id = `${endpoint}/${number}`
  const secret = writeSecret(random.bytes(bytes))
  if ((await collections.webhookSecrets.insert({ _id, secret })) === 'inserted') return secret
  return (await collections.webhookSecrets.get(_id))?.secret ?? secret
}

/** Those that sign now, the newest first. */
export async function secretsOf(core: Core, { _id, secrets }: WebhookEndpoint, now: Timestamp): Promise<string[]> {
  const found: string[] = []
  for (const { number, until } of secrets) {
    if (until === null || until > now) found.push(await makeSecret(core, _id, number))
  }
  return found
}

/** Those whose time is over are needed no more. */
export async function dropOldSecrets({ collections }: Core, { _id, secrets }: WebhookEndpoint): Promise<void> {
  const [newest] = secrets
  for (let number = 1; number < (newest?.number ?? 0); number++)
    if (!secrets.some((kept) => kept.number === number)) await collections.webhookSecrets.remove(`${_id}/${number}`)
}
