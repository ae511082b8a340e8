// How does a text get into one instance of the rules, and its answer out? The same for WebAssembly and for the JavaScript made of it.
//
// Written by hand, as the glue of wasm-bindgen keeps one instance for ever and one that broke must be replaced.

/**
 * @typedef {object} Exports - what the build leaves of wasm-bindgen's exports, under names that stay
 * @property {{ buffer: ArrayBuffer }} memory
 * @property {(bytes: number, alignment: number) => number} allocate
 * @property {(address: number, bytes: number, alignment: number) => void} release
 * @property {(bytes: number) => number} moveStack
 * @property {(answer: number, ...texts: number[]) => void} check
 * @property {(answer: number, ...texts: number[]) => void} [checkOdsCode] left out of the binary for standard forms
 */

// Room for the address and the length of an answer, on a stack that moves in steps of 16.
const ROOM_OF_AN_ANSWER = 16

/**
 * The two questions that an instance answers, packed texts in and out. Whatever one throws, the instance is of no more use.
 *
 * @param {Exports} exports
 */
export function instanceOf({ memory, allocate, release, moveStack, check, checkOdsCode }) {
  const encoder = new TextEncoder()

  const asking = (question) => (...texts) => {
    const answer = moveStack(-ROOM_OF_AN_ANSWER) >>> 0
    const places = []
    for (const text of texts) {
      const bytes = encoder.encode(text)
      const address = allocate(bytes.length, 1) >>> 0
      // A view of its own each time: memory that grew is another buffer.
      new Uint8Array(memory.buffer, address, bytes.length).set(bytes)
      places.push(address, bytes.length)
    }
    question(answer, ...places)
    const said = new DataView(memory.buffer, answer, 8)
    const address = said.getUint32(0, true)
    const length = said.getUint32(4, true)
    // A decoder of its own each time: WebKit's stops after two gigabytes.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(memory.buffer, address, length))
    release(address, length, 1)
    moveStack(ROOM_OF_AN_ANSWER)
    return text
  }

  return { check: asking(check), checkOdsCode: asking(checkOdsCode) }
}
