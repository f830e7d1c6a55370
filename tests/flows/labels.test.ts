// A photo of the label in the middle of the form: its serial number is taken, shown, and never put in place of the customer's own words.
import { expect, it } from 'vitest'
import { mail, settings, Talk } from '../support/talk.ts'

const withFormat = { products: settings.products.map((product) => (product.name === 'T5 treadmill' ? { ...product, serial: 'KP-\\d{5}' } : product)) }
const label = { files: ['f_label'], codes: [{ format: 'QRCode', text: 'https://m.example/r?sn=KP-20391' }] }
const report = 'My T5 treadmill stops after ten minutes, 12 Elm St, Springfield, call me on 415 555 0100'

it('a number of the product’s format is taken as it is, told, and shown with where it comes from', async () => {
  const talk = new Talk({ settings: withFormat })
  expect(await talk.say(report)).toContain('What is the serial number?')
  const said = await talk.say('', label)
  expect(said).toContain('Thank you for the photos.')
  expect(said).toContain('On the label we read the serial number KP-20391.')
  expect(said).not.toContain('What is the serial number?')
  expect(talk.ticket.fields).toMatchObject({ serial: 'KP-20391', photos: ['f_label'] })
  expect(await talk.say('Thursday afternoon')).toContain('- Serial number: KP-20391 (from your photo)')
  await talk.press('confirm')
  expect(talk.ticket).toMatchObject({ status: 'accepted', fields: { serial: 'KP-20391' } })
})

it('a number of no known format is a guess: asked about in the summary, and on the ticket once that is confirmed', async () => {
  const talk = new Talk()
  await talk.say(report)
  await talk.say('', label)
  expect(talk.ticket.fields.serial).toBeUndefined()
  expect(await talk.say('Thursday afternoon')).toContain('- Serial number: KP-20391 (from your photo: is it the right one?)')
  await talk.press('confirm')
  expect(talk.ticket.fields.serial).toBe('KP-20391')
})

it('comes with the first words too, also by mail', async () => {
  const talk = new Talk({ abilities: mail, settings: withFormat })
  const said = await talk.say(`${report}\nThe label is attached.`, { ...label, subject: 'Treadmill' })
  expect(talk.ticket.fields.serial).toBe('KP-20391')
  expect(said).toContain('- Serial number: KP-20391 (from your photo)')
})

it('never takes the place of what the customer wrote, before or in the same breath', async () => {
  const before = new Talk({ settings: withFormat })
  await before.say(`${report}, SN KP-11111`)
  await before.say('', label)
  expect(before.ticket.fields).toMatchObject({ serial: 'KP-11111', photos: ['f_label'] })
  const together = new Talk({ settings: withFormat })
  await together.say(`${report}, SN KP-11111`, label)
  expect(together.ticket.fields.serial).toBe('KP-11111')
})

it('is put right by the customer’s own words afterwards', async () => {
  const talk = new Talk()
  await talk.say(report)
  await talk.say('', label)
  await talk.say('Thursday afternoon')
  const said = await talk.say('No, the serial number is KP-22222')
  expect(said).toContain('- Serial number: KP-22222')
  expect(said).not.toContain('from your photo')
})

it('answers the question when the customer wants to change the number', async () => {
  const talk = new Talk({ settings: withFormat })
  await talk.say(`${report}, SN KP-11111`)
  await talk.say('Thursday afternoon')
  await talk.press('change')
  await talk.press('serial')
  await talk.say('', label)
  expect(talk.ticket.fields.serial).toBe('KP-20391')
})

it('without a code is evidence, and the number is asked for again', async () => {
  const talk = new Talk()
  await talk.say(report)
  const said = await talk.say('', { files: ['f_pump'], codes: [] })
  expect(said).toContain('Thank you for the photos.')
  expect(said).toContain('What is the serial number?')
  expect(talk.ticket.fields).toMatchObject({ photos: ['f_pump'] })
})

it('goes onto a repair that is under way and had none; a guess does not', async () => {
  for (const [known, serial] of [
    [withFormat, 'KP-20391'],
    [{}, undefined],
  ] as const) {
    const talk = new Talk({ settings: known })
    await talk.say(report)
    await talk.say('skip')
    await talk.say('Thursday afternoon')
    await talk.press('confirm')
    talk.move('in_progress')
    await talk.say('', label)
    expect(talk.ticket.fields.serial).toBe(serial)
  }
})
