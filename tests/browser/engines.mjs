// How is a browser of each engine started, driven and always taken down again?
//
// Each is driven by its own driver over W3C WebDriver. The driver, the browser and (for WebKitGTK, which has no headless mode) an X
// server are started here, in process groups of their own and with a scratch folder of their own, so that nothing stays behind.

import { spawn } from 'node:child_process'
import { accessSync, constants, readdirSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Builder, Capabilities } from 'selenium-webdriver'

export const engineNames = ['chromium', 'firefox', 'webkit']

/** The engine that this run is for. Never a default: a test that nobody gave an engine must not look as if it had passed. */
export function engineOfThisRun() {
  const name = process.env.NCRS_ENGINE
  if (engineNames.includes(name)) return name
  throw new Error(`NCRS_ENGINE should be one of ${engineNames.join(', ')} and is ${name ?? 'not set'}. \`cargo xtask test browsers\` sets it`)
}

// Every program that is looked for, the variable that names it instead, and what installs it. `xtask/src/tools.rs` reads the same variables.
const programs = {
  chromium: { variable: 'NCRS_CHROMIUM', names: ['chromium', 'chromium-browser', 'google-chrome'], install: 'apt-get install chromium' },
  chromedriver: { variable: 'NCRS_CHROMEDRIVER', names: ['chromedriver'], install: 'apt-get install chromium-driver' },
  firefox: { variable: 'NCRS_FIREFOX', names: ['firefox-esr', 'firefox'], install: 'apt-get install firefox-esr' },
  geckodriver: { variable: 'NCRS_GECKODRIVER', names: ['geckodriver'], install: 'cargo install geckodriver' },
  webKitDriver: { variable: 'NCRS_WEBKIT_DRIVER', names: ['WebKitWebDriver'], install: 'apt-get install webkit2gtk-driver' },
  miniBrowser: { variable: 'NCRS_MINIBROWSER', names: ['MiniBrowser'], install: 'apt-get install webkit2gtk-driver' },
  xServer: { variable: 'NCRS_XVFB', names: ['Xvfb'], install: 'apt-get install xvfb' }
}

function find(what) {
  const { variable, names, install } = programs[what]
  const named = process.env[variable]
  if (named !== undefined) {
    if (runs(named)) return named
    throw new Error(`${variable} names ${named}, which is not there or cannot be run. Unset it, or name the program`)
  }
  // Debian keeps MiniBrowser out of the PATH, beside the library.
  const besides = what === 'miniBrowser' ? libraryFolders() : []
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...besides]) {
    for (const name of names) if (runs(join(folder, name))) return join(folder, name)
  }
  throw new Error(`${names[0]} is not installed. On Debian or Ubuntu: \`${install}\`. Elsewhere: have it in the PATH, or name it in ${variable}`)
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function libraryFolders() {
  const found = []
  for (const base of ['/usr/lib', '/usr/libexec']) {
    for (const name of entries(base)) {
      if (name.startsWith('webkit2gtk-') || name.startsWith('webkitgtk-')) found.push(join(base, name))
      for (const inner of name.includes('-linux-') ? entries(join(base, name)) : []) {
        if (inner.startsWith('webkit2gtk-') || inner.startsWith('webkitgtk-')) found.push(join(base, name, inner))
      }
    }
  }
  return found.sort().reverse()
}

function entries(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** What each engine is started with: a driver, what it is told about the browser, and what its surroundings must be. */
const recipes = {
  chromium: () => ({
    driver: { file: find('chromedriver'), options: (port) => [`--port=${port}`] },
    capabilities: {
      browserName: 'chrome',
      'goog:chromeOptions': {
        binary: find('chromium'),
        // Chromium refuses to run as root in its sandbox. Without the last two it asks its makers for updates.
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update']
      },
      'goog:loggingPrefs': { browser: 'ALL' }
    }
  }),
  firefox: () => ({
    driver: { file: find('geckodriver'), options: (port) => ['--port', String(port)] },
    capabilities: { browserName: 'firefox', 'moz:firefoxOptions': { binary: find('firefox'), args: ['-headless'] } }
  }),
  webkit: () => ({
    driver: { file: find('webKitDriver'), options: (port) => [`--port=${port}`] },
    capabilities: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: find('miniBrowser'), args: ['--automation'] }
    },
    needsDisplay: true,
    surroundings: {
      // There is neither a graphics card nor, as root, a sandbox.
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      NO_AT_BRIDGE: '1'
    }
  })
}

/** Groups that are still running and folders that are still there, ended when this process ends for whatever reason it can still notice. */
const running = new Set()
const folders = new Set()

function endAll() {
  if (running.size + folders.size === 0) return
  for (const child of running) signal(child, 'SIGKILL')
  running.clear()
  // A browser that is being killed still writes for a moment.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  folders.clear()
}

process.on('exit', endAll)
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, () => {
    endAll()
    process.exit(1)
  })
}

function start(file, options, { env = process.env, pipes = [] } = {}) {
  const child = spawn(file, options, { detached: true, env, stdio: ['ignore', 'pipe', 'pipe', ...pipes] })
  child.said = ''
  const remember = (chunk) => {
    child.said = (child.said + chunk).slice(-20_000)
  }
  child.stdout.on('data', remember)
  child.stderr.on('data', remember)
  child.on('error', (error) => remember(`${error}\n`))
  child.ended = new Promise((done) => {
    child.once('exit', done)
    child.once('error', done)
  })
  running.add(child)
  return child
}

function signal(child, name) {
  try {
    // The minus: the whole group, so that a driver that died leaves no browser behind.
    process.kill(-child.pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

async function end(child) {
  signal(child, 'SIGTERM')
  await Promise.race([child.ended, pause(3000, undefined, { ref: false })])
  signal(child, 'SIGKILL')
  running.delete(child)
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

/** The X server chooses a free display itself and writes its number to the fourth channel. */
async function startDisplay(env) {
  const child = start(find('xServer'), ['-displayfd', '3', '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], { env, pipes: ['pipe'] })
  const number = await Promise.race([
    new Promise((done) => child.stdio[3].once('data', (chunk) => done(String(chunk).trim()))),
    child.ended.then(() => undefined),
    pause(20_000, undefined, { ref: false })
  ])
  if (!number) throw new Error(`Xvfb gave no display\n${child.said}`)
  return { child, display: `:${number}` }
}

async function startDriver({ file, options }, env) {
  // Somebody else can take a free port before the driver does.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const child = start(file, options(port), { env })
    const url = `http://127.0.0.1:${port}`
    const giveUp = Date.now() + 30_000
    let over = false
    child.ended.then(() => {
      over = true
    })
    while (!over && Date.now() < giveUp) {
      try {
        const status = await (await fetch(`${url}/status`, { signal: AbortSignal.timeout(2000) })).json()
        if (status.value.ready) return { child, url }
      } catch {
        // Not yet listening.
      }
      await pause(50)
    }
    await end(child)
    if (attempt === 3) throw new Error(`${file} did not start\n${child.said}`)
  }
}

/**
 * Starts a browser. Whoever starts one calls `stop`, in a `finally` or an `after`.
 *
 * @param {string} name one of `engineNames`
 */
export async function startEngine(name) {
  const { driver: recipe, capabilities, needsDisplay = false, surroundings = {} } = recipes[name]()
  const scratch = await mkdtemp(join(tmpdir(), `ncrs-${name}-`))
  folders.add(scratch)
  const env = { ...process.env, ...surroundings, TMPDIR: scratch, HOME: scratch, XDG_RUNTIME_DIR: scratch }
  const children = []
  let driver

  async function stop() {
    if (driver) await Promise.race([driver.quit().catch(() => undefined), pause(5000, undefined, { ref: false })])
    for (const child of children.reverse()) await end(child)
    await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    folders.delete(scratch)
  }

  try {
    if (needsDisplay) {
      const { child, display } = await startDisplay(env)
      children.push(child)
      env.DISPLAY = display
    }
    const { child, url } = await startDriver(recipe, env)
    children.push(child)
    try {
      const session = new Builder().disableEnvironmentOverrides().usingServer(url).withCapabilities(new Capabilities(capabilities)).build()
      driver = await within(60_000, session, `${name} did not open a window`)
    } catch (error) {
      throw new Error(`${name} did not start: ${error.message}\n${child.said}`)
    }
    await driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000, implicit: 0 })
    const version = (await driver.getCapabilities()).get('browserVersion')
    return { name, version, driver, url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function within(time, promise, message) {
  let timer
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${message} within ${time / 1000} s`)), time)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

// What a driver answers about a page that is just going: WebKit's even when nobody held an element of it.
const GOING = ['NoSuchFrameError', 'StaleElementReferenceError', 'NoSuchElementError']
const isGoing = ({ name, message }) => GOING.includes(name) || message === 'Document was unloaded'

/**
 * Waits for something on the page, which may still be on its way. A condition that meets a page just going is asked again.
 *
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('selenium-webdriver').Condition | (() => unknown)} condition
 * @param {string} what what is said when it does not come
 */
export function waitFor(driver, condition, what, milliseconds = 20_000) {
  const ask = typeof condition === 'function' ? condition : condition.fn
  const asked = async () => {
    try {
      return await ask(driver)
    } catch (error) {
      if (isGoing(error)) return undefined
      throw error
    }
  }
  return driver.wait(asked, milliseconds, what)
}

/**
 * Opens a page and waits until it stands. Where a form was sent just before, Firefox may take the page that answers it for the one
 * that was asked for, and say that it is there.
 *
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {string} address
 */
export async function openPage(driver, address) {
  await driver.get(address)
  const stands = () => driver.executeScript("return location.href.split('#')[0] === arguments[0] && document.readyState === 'complete'", address.split('#')[0])
  await waitFor(driver, stands, `${address} did not come`)
}

/**
 * Does what leads to another page, and waits until that page stands. What is found afterwards is never of the page before.
 *
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {() => Promise<unknown>} lead
 */
export async function toNextPage(driver, lead) {
  await driver.executeScript("document.documentElement.setAttribute('data-before', '')")
  await lead()
  const stands = () => driver.executeScript("return document.readyState === 'complete' && !document.documentElement.hasAttribute('data-before')")
  await waitFor(driver, stands, 'no other page came')
}

/**
 * Runs an asynchronous function beside the page that is open, with its document in reach. It sees its arguments, nothing of this module.
 *
 * @template T
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {(...given: any[]) => T | Promise<T>} work
 */
export async function runBesidePage(driver, work, ...given) {
  const script = `
    const done = arguments[arguments.length - 1]
    const given = Array.prototype.slice.call(arguments, 0, -1)
    Promise.resolve().then(() => (${work})(...given)).then(
      (value) => done({ value }),
      (error) => done({ error: String(error), stack: String(error && error.stack) })
    )`
  return valueOf(await driver.executeAsyncScript(script, ...given))
}

/**
 * Calls a function of a module in the page itself, which has loaded in-page.mjs. Arguments and value pass as JSON.
 *
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {string} module the address of the module
 * @param {string} name the function
 */
export async function callInPage(driver, module, name, ...given) {
  const script = `
    const [detail, done] = arguments
    const root = document.documentElement
    root.removeAttribute('data-outcome')
    new MutationObserver((_, observer) => {
      const outcome = root.getAttribute('data-outcome')
      if (outcome === null) return
      observer.disconnect()
      done(outcome)
    }).observe(root, { attributes: true, attributeFilter: ['data-outcome'] })
    document.dispatchEvent(new CustomEvent('ncrs-test', { detail }))`
  return valueOf(JSON.parse(await driver.executeAsyncScript(script, JSON.stringify({ module, name, given }))))
}

function valueOf({ value, error, stack }) {
  if (error !== undefined) throw new Error(`in the page: ${error}\n${stack}`)
  return value
}

/** What the console of the page says went wrong. Only Chromium's driver can tell; the others give nothing. */
export async function consoleErrors({ name, driver }) {
  if (name !== 'chromium') return []
  const entriesOfLog = await driver.manage().logs().get('browser')
  return entriesOfLog.filter(({ level }) => level.name === 'SEVERE').map(({ message }) => message)
}

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

/**
 * Gives the page a view of this size, and takes it away with `undefined`. Chromium gives any size; the others go no narrower than their
 * smallest window. Gives the width that the page then has.
 */
export async function setView({ name, driver, url }, size) {
  if (name === 'chromium') {
    const override = size && { ...size, deviceScaleFactor: 1, mobile: false }
    // A bar at the side would take its width from the page, which no phone does.
    await devTools(url, driver, 'Emulation.setScrollbarsHidden', { hidden: size !== undefined })
    await devTools(url, driver, size ? 'Emulation.setDeviceMetricsOverride' : 'Emulation.clearDeviceMetricsOverride', override ?? {})
  } else if (size) {
    // The window is larger than the view by its frame and bars, which only the page knows.
    for (let pass = 0; pass < 2; pass += 1) {
      const outer = await driver.manage().window().getRect()
      const [width, height] = await driver.executeScript('return [window.innerWidth, window.innerHeight]')
      if (width === size.width && height === size.height) break
      await driver.manage().window().setRect({ x: 0, y: 0, width: outer.width + size.width - width, height: outer.height + size.height - height })
    }
  }
  return driver.executeScript('return window.innerWidth')
}

/** A picture of the page as a person with a view of this size sees it; in Chromium the whole length of it. */
export async function screenshot(engine, size, file) {
  const width = await setView(engine, size)
  let picture
  if (engine.name === 'chromium') {
    const { data } = await devTools(engine.url, engine.driver, 'Page.captureScreenshot', { captureBeyondViewport: true })
    picture = data
  } else {
    picture = await engine.driver.takeScreenshot()
  }
  await setView(engine, undefined)
  await writeFile(file, picture, 'base64')
  return { file, width }
}

async function devTools(url, driver, cmd, params) {
  const session = (await driver.getSession()).getId()
  const answer = await fetch(`${url}/session/${session}/goog/cdp/execute`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ cmd, params })
  })
  const { value } = await answer.json()
  if (!answer.ok) throw new Error(`${cmd}: ${value.message}`)
  return value
}
