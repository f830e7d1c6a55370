// Texts for the contract suite.
import { twilioFixture } from '../twilio.ts'

export const smsFixture = twilioFixture('sms')
