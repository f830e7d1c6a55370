// Customers and their contact points.
export { customersCollection, customerStream, type Customer } from './customer.ts'
export { contactPointsCollection, contactPointStream, type ContactPoint } from './contact-point.ts'
export { customerOf } from './customer-of.ts'
