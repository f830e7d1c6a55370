// What a mail that was not taken means: try later, or never again; by the server's code and the command it answered.
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, test } from 'vitest'
import { SendError } from '../../../src/errors.ts'
import { memoryFiles } from '../../support/mail-door.ts'
import { outgoing } from '../../support/outbound.ts'
import { channel, mailServer, outbound } from './sending.ts'

describe('what a failure means', () => {
  const failing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
  const attempt = async (url: string) => {
    try {
      await channel({ smtp: { url } }).send(outgoing(outbound()))
    } catch (error) {
      if (error instanceof SendError) return { kind: error.kind, reason: error.reason }
      throw error
    }
    throw new Error('it was sent')
  }

  test.each([
    [550, '5.1.1 no such user', 'never'],
    [553, '5.1.3 bad address', 'never'],
    [554, '5.7.1 policy', 'never'],
    [450, '4.2.1 greylisted', 'later'],
    [452, '4.2.2 full', 'later'],
    [552, '5.2.2 mailbox full', 'later'],
    [552, '5.3.4 too large', 'never'],
    [503, '5.5.1 bad sequence', 'later'],
  ])('%s %s to the recipient: %s', async (code, message, kind) => {
    const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(failing(code, message)), hideENHANCEDSTATUSCODES: true })
    const failure = await attempt(url)
    expect(failure.kind).toBe(kind)
    expect(failure.reason).toContain(`${code} ${message.split(' ')[0]}`)
    expect(failure.reason).not.toMatch(/@|anna/)
  })

  test.each([
    [554, 'never'],
    [451, 'later'],
  ])('%s to the mail itself: %s', async (code, kind) => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done(failing(code, 'no')))
    }
    expect((await attempt((await mailServer({ onData })).url)).kind).toBe(kind)
  })

  test('a refusal of us as the sender can be mended: later', async () => {
    const { url } = await mailServer({ onMailFrom: (_address, _session, done) => done(failing(550, 'not from you')) })
    expect((await attempt(url)).kind).toBe('later')
  })

  test('a wrong password can be mended: later', async () => {
    const { url } = await mailServer({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(failing(535, 'wrong')) })
    expect((await attempt(url.replace('//', '//user:wrong@'))).kind).toBe('later')
  })

  test('a server that is away: later', async () => {
    expect(await attempt('smtp://127.0.0.1:1')).toMatchObject({ kind: 'later', reason: 'no mail server took it (ESOCKET)' })
  })

  test('a server that hangs up: later', async () => {
    const { url } = await mailServer({ onConnect: (_session, done) => done(failing(421, 'busy')) })
    expect((await attempt(url)).kind).toBe('later')
  })

  test('an attachment that is gone: never; files that cannot be read: later', async () => {
    const { url, took } = await mailServer()
    const message = outbound({ attachments: [{ file: 'gone', name: 'a', contentType: 'image/png', size: 1 }] })
    await expect(channel({ smtp: { url } }).send(outgoing(message))).rejects.toMatchObject({ kind: 'never' })
    const files = { ...memoryFiles(), read: () => Promise.reject(new Error('down')) }
    await expect(channel({ smtp: { url } }).send(outgoing(message, files))).rejects.toMatchObject({ kind: 'later' })
    expect(took).toEqual([])
  })

  test('no way to send is said with what to set', async () => {
    await expect(channel({}).send(outgoing(outbound()))).rejects.toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('SMTP_URL'),
    })
  })
})
