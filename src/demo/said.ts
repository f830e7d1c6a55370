// What the customer of a made-up repair writes, and what comes of it.
import type { Effect, Utterance } from '../flow.ts'
import { pick } from './draws.ts'
import type { MadeFailure } from './fleet.ts'
import type { Teller, Told } from './told.ts'

export class Conversation {
  #teller: Teller
  #failure: MadeFailure
  #told: Told | undefined
  #count = 0

  constructor(teller: Teller, failure: MadeFailure) {
    this.#teller = teller
    this.#failure = failure
  }

  async report(): Promise<Told> {
    const { told, draw } = this.#teller
    const { asset, mode, priority, at } = this.#failure
    const { customer } = asset
    const symptom = pick(draw, mode.says[customer.language])
    const subject = asset.product.name
    const fields = {
      product: asset.product.name,
      serial: asset.serial,
      symptom,
      contactName: customer.name,
      email: customer.email,
      address: `${customer.street}, ${customer.postcode} Berlin`,
    }
    let number = ''
    await this.#hear(symptom, (message, fresh) => {
      number = fresh
      return {
        effects: [
          { do: 'open_ticket', number, subject, description: symptom, fields, priority },
          { do: 'attach', number, messages: [message] },
          { do: 'describe_customer', name: customer.name, email: customer.email },
        ],
        say: [{ text: 'ticket.acknowledged', with: { number, subject }, kind: 'acknowledgement', ticket: number }],
      }
    })
    const made: Told = {
      number,
      failure: this.#failure,
      engineer: null,
      agent: null,
      resolutions: 0,
      repeatedBy: null,
      score: null,
      cancelled: false,
      used: 0,
      reportedAt: at,
      respondedAt: null,
      resolvedAt: null,
    }
    told.push(made)
    this.#told = made
    return made
  }

  async confirm(): Promise<void> {
    const { customer } = this.#failure.asset
    await this.#about(
      customer.language === 'en' ? 'Yes, that is right.' : '对，没错。',
      (number) => [{ do: 'accept_ticket', number }],
      'ticket.status.accepted',
    )
  }

  say(text: string): Promise<void> {
    return this.#about(text, () => [])
  }

  async reopen(): Promise<void> {
    const { customer } = this.#failure.asset
    const comment = customer.language === 'en' ? 'It is still not working.' : '还是不行。'
    await this.#about(comment, (number) => [{ do: 'reopen_ticket', number, comment }])
  }

  async decide(decision: 'approved' | 'declined'): Promise<void> {
    const { world } = this.#teller
    const { customer } = this.#failure.asset
    const text =
      customer.language === 'en' ? (decision === 'approved' ? 'Yes, go ahead.' : 'No, thank you.') : decision === 'approved' ? '好的，修吧。' : '不用了，谢谢。'
    const [quote] = await world.core.collections.quotes.find({ ticket: this.#number() })
    if (quote === undefined) throw new Error('there is no quote to decide on')
    const version = quote.versions.length
    await this.#about(text, (_, message) => [{ do: 'answer_quote', quote: quote._id, version, decision, text, message }])
  }

  /** False when nobody was asked: the desk had its reasons. */
  async rate(score: number): Promise<boolean> {
    const { world } = this.#teller
    const found = await world.core.collections.surveys.find({ ticket: this.#number(), state: 'requested' }, { sort: { requestedAt: -1 }, limit: 1 })
    const [survey] = found
    if (survey === undefined) return false
    await this.#about(String(score), () => [{ do: 'answer_survey', survey: survey._id, score }], 'survey.thanks')
    return true
  }

  #number(): string {
    if (this.#told === undefined) throw new Error('nothing was reported yet')
    return this.#told.number
  }

  #about(text: string, effects: (number: string, message: string) => Effect[], answer?: string): Promise<void> {
    const number = this.#number()
    const subject = this.#failure.asset.product.name
    return this.#hear(text, (message) => ({
      effects: [{ do: 'attach', number, messages: [message] }, ...effects(number, message)],
      say: answer === undefined ? [] : [{ text: answer, with: { number, subject }, kind: 'statement', ticket: number }],
    }))
  }

  async #hear(text: string, make: (message: string, fresh: string) => { effects: Effect[]; say: Utterance[] }): Promise<void> {
    const { asset, at } = this.#failure
    const { channel, address, name, language } = asset.customer
    // The same device can fail twice at one moment, in different ways.
    const story = `${asset.serial}-${this.#failure.mode.component}-${Math.round(at)}`.replace(/\s/g, '-')
    await this.#teller.world.hear(
      {
        id: `${story}-${this.#count++}@demo.example.org`,
        channel,
        address,
        name,
        thread: channel === 'email' ? `${story}-0@demo.example.org` : '',
        ...(channel === 'email' ? { subject: asset.product.name } : {}),
        text,
      },
      ({ _id }, fresh) => ({ language, ...make(_id, fresh) }),
    )
  }
}
