// What does engines.browser.test.mjs have done inside the page?

// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
const adder = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1,
  106, 11
]

export async function sum(one, other) {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(adder))
  return instance.exports.add(one, other)
}

export function whereAmI(given) {
  // In a world beside the page an object of the page is of another kind.
  return { title: document.title, given, sameWorld: window.Array === Array && document.defaultView instanceof Object }
}

export function broken() {
  throw new TypeError('on purpose')
}
