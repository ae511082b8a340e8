//! What must be installed, in which version, how is it found, and how is it installed when it is missing?
//!
//! What cargo installs goes to a folder of its own under the user's cache (`~/.cache/ncrs-form-check/wasm-pack-0.15.1`): clones share it, and
//! the user's own tools are left as they are. One that is in the `PATH` is used only if it has exactly the pinned version.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::program::{Program, Screen};
use crate::repository;
use crate::run::Step;

/// The oldest Node that has everything the tests use. The npm packages are pinned in `tests/package-lock.json`, binaryen (`wasm-opt`) among them.
const NODE: (u32, u32) = (20, 19);

const TARGET: &str = "wasm32-unknown-unknown";

/// A program that cargo installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cargo {
    WasmPack,
    /// Its version is that of the crate in `Cargo.lock`: the two must agree to the last digit.
    WasmBindgen,
    Geckodriver,
}

impl Cargo {
    /// The program, which also names the folder in the cache.
    fn program(self) -> &'static str {
        match self {
            Self::WasmPack => "wasm-pack",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Geckodriver => "geckodriver",
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::WasmBindgen => "wasm-bindgen-cli",
            Self::WasmPack | Self::Geckodriver => self.program(),
        }
    }

    fn version(self) -> anyhow::Result<String> {
        match self {
            Self::WasmPack => Ok("0.15.1".to_owned()),
            Self::Geckodriver => Ok("0.37.1".to_owned()),
            Self::WasmBindgen => {
                let path = repository::root().join("Cargo.lock");
                let lock =
                    std::fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
                locked_version(&lock, "wasm-bindgen")
            }
        }
    }

    /// With the dependencies that its authors tested, except where one of those can no longer be had.
    fn locked(self) -> bool {
        self != Self::WasmBindgen
    }

    fn root(self) -> anyhow::Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.program(), self.version()?)))
    }

    /// The folder that holds it in the pinned version, ours before the `PATH`.
    fn folder(self) -> anyhow::Result<Option<PathBuf>> {
        let ours = self.root()?.join("bin");
        if ours.join(executable(self.program())).is_file() {
            return Ok(Some(ours));
        }
        let version = self.version()?;
        let theirs = in_path(self.program()).filter(|program| {
            let answer = Program::new(program)
                .arguments(["--version"])
                .answer()
                .unwrap_or_default();
            answer.split_whitespace().any(|word| word == version)
        });
        Ok(theirs.and_then(|program| program.parent().map(Path::to_path_buf)))
    }

    /// Where a program of this package is. A fault if it was not installed.
    pub fn path(self, program: &str) -> anyhow::Result<PathBuf> {
        match self.folder()? {
            Some(folder) => Ok(folder.join(executable(program))),
            None => bail!("{} {} is not installed", self.package(), self.version()?),
        }
    }

    fn install(self, screen: &Screen) -> anyhow::Result<()> {
        if let Some(folder) = self.folder()? {
            screen.say(&format!(
                "{} {} is in {}",
                self.program(),
                self.version()?,
                folder.display()
            ));
            return Ok(());
        }
        let root = self.root()?;
        screen.say(&format!(
            "compiling {} {} into {}, once for all clones",
            self.package(),
            self.version()?,
            root.display()
        ));
        let mut install = Program::new("cargo")
            .arguments(["install", self.package(), "--version", &self.version()?, "--root"])
            .arguments([&root])
            .folder(env::temp_dir())
            .limit(Duration::from_secs(40 * 60));
        // It runs for seconds, so it need not be fast: less work for the compiler halves the wait of a fresh machine.
        for (setting, value) in [
            ("OPT_LEVEL", "1"),
            ("LTO", "off"),
            ("CODEGEN_UNITS", "16"),
            ("DEBUG", "0"),
        ] {
            install = install.variable(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
        }
        if self.locked() {
            install = install.arguments(["--locked"]);
        }
        screen.run(install)?;
        Ok(())
    }

    pub fn step(self) -> Step {
        let (name, reason) = match self {
            Self::WasmPack => ("install-wasm-pack", "it compiles the crate to WebAssembly"),
            Self::WasmBindgen => (
                "install-wasm-bindgen",
                "it writes the glue between WebAssembly and JavaScript, and runs tests in browsers",
            ),
            Self::Geckodriver => (
                "install-geckodriver",
                "it drives Firefox in the browser tests; Debian has no package of it",
            ),
        };
        Step::chore(name, reason, move |screen| self.install(screen))
    }
}

/// The folders of the pinned programs before everything else, so that wasm-pack takes our wasm-bindgen and fetches none.
pub fn path_with_ours() -> anyhow::Result<OsString> {
    let mut folders = Vec::new();
    for tool in [Cargo::WasmBindgen, Cargo::WasmPack] {
        folders.extend(tool.folder()?);
    }
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.into_iter().chain(env::split_paths(&rest)))
        .context("a folder in PATH has a separator in its name")
}

/// rustc's own parts: the target of the build, and the formatter and linter of the tests.
pub fn rust_parts(for_tests: bool) -> Step {
    Step::chore(
        "install-rust-parts",
        "the crate is compiled to WebAssembly by rustc's wasm32 target",
        move |screen| {
            let sysroot = Program::new("rustc")
                .arguments(["--print", "sysroot"])
                .answer()
                .context("rustc is not installed: see https://rustup.rs")?;
            let target_is_here = Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir();
            let mut commands: Vec<Vec<&str>> = Vec::new();
            if !target_is_here {
                commands.push(vec!["target", "add", TARGET]);
            }
            if for_tests {
                for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
                    if Program::new("cargo")
                        .arguments([program.trim_start_matches("cargo-"), "--version"])
                        .answer()
                        .is_none()
                    {
                        commands.push(vec!["component", "add", component]);
                    }
                }
            }
            if commands.is_empty() {
                screen.say("the target and its companions are here");
            }
            for command in commands {
                if in_path("rustup").is_none() {
                    bail!(
                        "rustup is not in the PATH. Install what `rustup {}` would",
                        command.join(" ")
                    );
                }
                screen.run(Program::new("rustup").arguments(command))?;
            }
            Ok(())
        },
    )
}

/// `npm ci` in `tests/`, unless what is there is younger than the lock.
pub fn node_packages() -> Step {
    Step::chore(
        "install-node-packages",
        "wasm-opt, the browser client and the test data of nhsuk-frontend come from npm, locked",
        |screen| {
            let answer = Program::new("node").arguments(["--version"]).answer();
            let answer = answer.with_context(|| {
                format!(
                    "Node is not installed: install {}.{} or newer from https://nodejs.org",
                    NODE.0, NODE.1
                )
            })?;
            if !new_enough(&answer, NODE) {
                bail!(
                    "Node is {answer}: install {}.{} or newer from https://nodejs.org",
                    NODE.0,
                    NODE.1
                );
            }
            let time = |path: PathBuf| std::fs::metadata(path).and_then(|data| data.modified()).ok();
            let locked = time(repository::tests().join("package-lock.json"));
            // npm writes this one last.
            let installed = time(repository::tests().join("node_modules/.package-lock.json"));
            let linked = repository::tests().join("node_modules/ncrs-form-check").is_symlink();
            if linked && installed.is_some() && installed >= locked {
                screen.say("tests/node_modules is younger than its lock");
                return Ok(());
            }
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            screen.run(
                Program::new(npm)
                    .arguments(["ci", "--no-audit", "--no-fund"])
                    .folder(repository::tests()),
            )?;
            Ok(())
        },
    )
}

/// A program of an npm package, as the words to start it with.
pub fn binaryen(program: &str) -> Program {
    Program::new("node").arguments([repository::tests().join("node_modules/binaryen/bin").join(program)])
}

/// A browser engine that the tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];
}

impl fmt::Display for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

impl FromStr for Engine {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|engine| engine.to_string() == word) {
            Some(engine) => Ok(engine),
            None => bail!("there is no engine `{word}`: say chromium, firefox or webkit"),
        }
    }
}

/// One program that an engine needs, and every name it goes by.
struct Part {
    /// A variable that names the program instead. `tests/browser/engines.mjs` reads the same ones.
    variable: &'static str,
    what: &'static str,
    names: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
}

impl Engine {
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Chromium => &[
                Part {
                    variable: "NCRS_CHROMIUM",
                    what: "Chromium",
                    names: &["chromium", "chromium-browser", "google-chrome"],
                    package: "chromium",
                },
                Part {
                    variable: "NCRS_CHROMEDRIVER",
                    what: "ChromeDriver",
                    names: &["chromedriver"],
                    package: "chromium-driver",
                },
            ],
            // geckodriver comes from cargo.
            Self::Firefox => &[Part {
                variable: "NCRS_FIREFOX",
                what: "Firefox",
                names: &["firefox-esr", "firefox"],
                package: "firefox-esr",
            }],
            Self::WebKit => &[
                Part {
                    variable: "NCRS_WEBKIT_DRIVER",
                    what: "WebKitWebDriver",
                    names: &["WebKitWebDriver"],
                    package: "webkit2gtk-driver",
                },
                Part {
                    variable: "NCRS_XVFB",
                    what: "Xvfb",
                    names: &["Xvfb"],
                    package: "xvfb",
                },
            ],
        }
    }

    /// The variables with which `engines.mjs`, and wasm-bindgen's runner, find this engine. A fault says what is missing and what to do.
    pub fn variables(self) -> anyhow::Result<Vec<(&'static str, PathBuf)>> {
        let mut variables = Vec::new();
        for part in self.parts() {
            variables.push((part.variable, part.find()?));
        }
        if self == Self::Firefox {
            let driver = match env::var_os("NCRS_GECKODRIVER") {
                Some(path) => named("NCRS_GECKODRIVER", "geckodriver", path)?,
                None => Cargo::Geckodriver.path("geckodriver")?,
            };
            variables.push(("NCRS_GECKODRIVER", driver));
        }
        Ok(variables)
    }
}

impl Part {
    fn find(&self) -> anyhow::Result<PathBuf> {
        if let Some(path) = env::var_os(self.variable) {
            return named(self.variable, self.what, path);
        }
        match self.names.iter().find_map(|name| in_path(name)) {
            Some(path) => Ok(path),
            None => bail!(
                "{} is not installed. On Debian or Ubuntu: `apt-get install {}`. Elsewhere: install it and have it in the PATH, or name it in {}",
                self.what,
                self.package,
                self.variable
            ),
        }
    }
}

/// A variable that names what is not there is a fault, never a reason to take something else.
fn named(variable: &str, what: &str, path: OsString) -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(path);
    if path.is_file() {
        return Ok(path);
    }
    bail!(
        "{variable} names {}, which is not there. Unset it, or name the program of {what}",
        path.display()
    )
}

/// Debian's packages of these engines, as far as something is missing. The engine's own step says what is missing after this.
pub fn browsers(engines: &[Engine]) -> Step {
    let engines = engines.to_vec();
    Step::chore(
        "install-browsers",
        "the tests drive real browsers, one of each engine",
        move |screen| {
            let missing: Vec<&Part> = engines
                .iter()
                .flat_map(|engine| engine.parts())
                .filter(|part| part.find().is_err())
                .collect();
            if missing.is_empty() {
                screen.say("the browsers and their drivers are here");
                return Ok(());
            }
            for part in &missing {
                if env::var_os(part.variable).is_some() {
                    part.find()?;
                }
            }
            let packages: Vec<&str> = missing.iter().map(|part| part.package).collect();
            let to_install = format!("apt-get install {}", packages.join(" "));
            let what: Vec<&str> = missing.iter().map(|part| part.what).collect();
            if in_path("apt-get").is_none() {
                bail!(
                    "{} missing, and this is not Debian or Ubuntu. Install them and have them in the PATH",
                    what.join(", ")
                );
            }
            if Program::new("id").arguments(["-u"]).answer().as_deref() != Some("0") {
                bail!("{} missing. Run as root: `{to_install}`", what.join(", "));
            }
            let apt = |arguments: &[&str]| {
                Program::new("apt-get")
                    .arguments(arguments)
                    .variable("DEBIAN_FRONTEND", "noninteractive")
            };
            screen.run(apt(&["update"]))?;
            // Pages are set in Arial where the NHS's own font cannot be had; Liberation has its measures.
            let always = ["install", "--yes", "--no-install-recommends", "fonts-liberation"];
            screen.run(apt(&[&always[..], &packages[..]].concat()).limit(Duration::from_secs(30 * 60)))?;
            Ok(())
        },
    )
}

/// The folder for tools that clones share.
fn cache() -> anyhow::Result<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("there is no home folder to keep tools in: set XDG_CACHE_HOME")?;
    Ok(base.join("ncrs-form-check"))
}

fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(executable(name)))
        .find(|program| program.is_file())
}

fn locked_version(lock: &str, package: &str) -> anyhow::Result<String> {
    let lock: toml::Table = toml::from_str(lock).context("Cargo.lock is not TOML")?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .context("Cargo.lock lists no package")?;
    let text = |row: &toml::Value, key: &str| row.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let row = packages
        .iter()
        .find(|row| text(row, "name").as_deref() == Some(package));
    row.and_then(|row| text(row, "version"))
        .with_context(|| format!("Cargo.lock has no version of {package}"))
}

/// Node answers `v20.20.2`.
fn new_enough(answer: &str, (major, minor): (u32, u32)) -> bool {
    let mut numbers = answer
        .trim_start_matches('v')
        .split('.')
        .map_while(|number| number.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(first), Some(second)) if (first, second) >= (major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_says_which_wasm_bindgen() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap(), "0.2.130");
        let error = locked_version(lock, "serde").unwrap_err().to_string();
        assert_eq!(error, "Cargo.lock has no version of serde");
    }

    #[test]
    fn our_own_lock_can_be_read() {
        assert!(Cargo::WasmBindgen.version().unwrap().starts_with("0.2."));
    }

    #[test]
    fn node_is_new_enough_from_the_named_version_on() {
        for (answer, enough) in [
            ("v20.11.0", true),
            ("v20.10.9", false),
            ("v22.0.0", true),
            ("v18.20.4", false),
            ("nonsense", false),
        ] {
            assert_eq!(new_enough(answer, (20, 11)), enough, "{answer}");
        }
    }

    #[test]
    fn a_variable_that_names_nothing_is_a_fault_that_says_so() {
        let error = named("NCRS_FIREFOX", "Firefox", "/nowhere/firefox".into())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "NCRS_FIREFOX names /nowhere/firefox, which is not there. Unset it, or name the program of Firefox"
        );
    }

    #[test]
    fn a_missing_program_says_how_to_install_it() {
        let part = Part {
            variable: "NCRS_NOTHING",
            what: "Nothing",
            names: &["no-such-program"],
            package: "nothing-at-all",
        };
        let error = part.find().unwrap_err().to_string();
        assert!(
            error.contains("`apt-get install nothing-at-all`") && error.contains("NCRS_NOTHING"),
            "{error}"
        );
    }

    #[test]
    fn an_engine_is_named_as_the_tests_name_it() {
        for engine in Engine::ALL {
            assert_eq!(engine.to_string().parse::<Engine>().unwrap(), engine);
        }
        assert!(
            "opera"
                .parse::<Engine>()
                .unwrap_err()
                .to_string()
                .contains("chromium, firefox or webkit")
        );
    }
}
