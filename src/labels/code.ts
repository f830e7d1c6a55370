// What a bar code or QR code in a photo says: kept with the message, so that every later look at it reads the same.

export interface LabelCode {
  /** As the reader calls it: `QRCode`, `Code128`, `EAN13` … */
  format: string
  /** Its content; of a GS1 code with its identifiers in brackets, `(21)KP20391`. */
  text: string
}
