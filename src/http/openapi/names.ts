// What the document calls the things that many routes answer.
import { z } from 'zod'
import { assetView, productView, siteView } from '../asset-views.ts'
import { engineerView, offerView, workOrderView } from '../dispatch-views.ts'
import { apiKeyView } from '../key-views.ts'
import { billView, locationView, partView, requestView, stockView } from '../part-views.ts'
import { quoteView } from '../quote-views.ts'
import {
  conversationView,
  customerView,
  customerWithPointsView,
  failureView,
  inboundView,
  messageView,
  outboundView,
  surveyView,
  taskView,
  ticketView,
} from '../views.ts'

const names: Readonly<Record<string, z.ZodType>> = {
  ApiKey: apiKeyView,
  Asset: assetView,
  BillOfMaterial: billView,
  Conversation: conversationView,
  Customer: customerView,
  CustomerWithContactPoints: customerWithPointsView,
  Engineer: engineerView,
  FailureRecord: failureView,
  InboundMessage: inboundView,
  Message: messageView,
  Offer: offerView,
  OutboundMessage: outboundView,
  Part: partView,
  PartRequest: requestView,
  Product: productView,
  Quote: quoteView,
  Site: siteView,
  Stock: stockView,
  StockLocation: locationView,
  Survey: surveyView,
  Task: taskView,
  Ticket: ticketView,
  WorkOrder: workOrderView,
}

export const named = z.registry<{ id: string }>()
for (const [id, view] of Object.entries(names)) named.add(view, { id })
