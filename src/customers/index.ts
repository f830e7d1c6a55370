// Customers, their contact points, and how the two are known to belong together.
export { customersCollection, customerStream, type Customer } from './customer.ts'
export { contactPointsCollection, contactPointStream, type ContactPoint } from './contact-point.ts'
export { contactPointsOf, customerOf, identityOf } from './identity.ts'
export { verifyAddress } from './verified.ts'
export {
  checkCode,
  codeExpiry,
  mayHaveCode,
  oneTimeCode,
  verificationsCollection,
  verificationStream,
  type CodeVerdict,
  type Verification,
} from './verification.ts'
