//! How is the crate made into what ships, and which files is that?

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fs};

use anyhow::Context as _;

use crate::program::{Program, Screen};
use crate::repository;
use crate::run::{self, Step};
use crate::tools::{self, Cargo};

/// What rustc's wasm32 target uses. Named one by one: with `--all-features` wasm-opt writes what Chromium refuses to load.
const FEATURES: [&str; 4] = ["mutable-globals", "nontrapping-float-to-int", "bulk-memory", "sign-ext"];

/// wasm-bindgen's older way with texts, which needs nothing but memory: so the same few lines (`pkg/instance.js`) speak to both builds,
/// older browsers can load the binary, and wasm2js, which knows neither feature, can read it.
const PLAIN_FEATURES: &str = "-Ctarget-feature=-reference-types,-multivalue";

/// Where LLVM makes several expressions of one, to save a step in a loop or on a branch, the code is smaller without, and no slower. What is
/// hardly longer than a call of it stands where it would be called: a tenth faster, and 75 bytes more.
const PLAIN_CODE: [&str; 3] = ["-disable-lsr", "-enable-pre=false", "-inline-threshold=12"];

/// One binary, what it is compiled and cut to, and what is made of it.
struct Binary {
    file: &'static str,
    /// The same without WebAssembly.
    script: &'static str,
    /// Where it lies between two steps.
    folder: &'static str,
    features: &'static [&'static str],
    /// Exports of the crate that nobody asks this binary for.
    left_out: &'static [&'static str],
}

/// All that the crate can.
const BINARY: Binary = Binary {
    file: "ncrs_form_check_bg.wasm",
    script: "rules.js",
    folder: "wasm-pack",
    features: &[],
    left_out: &[],
};

/// What a page needs whose form is the standard one: see the features in `Cargo.toml`.
const STANDARD: Binary = Binary {
    file: "ncrs_form_check_standard.wasm",
    script: "rules-standard.js",
    folder: "wasm-pack-standard",
    features: &["--", "--no-default-features"],
    left_out: &["checkOdsCode"],
};

const CATALOGUE: &str = "catalogue.js";

/// `cargo xtask build`
pub fn build() -> anyhow::Result<bool> {
    Ok(run::run(steps(), "cargo xtask build"))
}

/// What must happen, in order, before `pkg/` is whole.
pub fn steps() -> Vec<Step> {
    let mut steps = tool_steps();
    steps.push(wasm_step());
    steps
}

pub fn tool_steps() -> Vec<Step> {
    vec![
        tools::rust_parts(false),
        tools::node_packages(),
        Cargo::WasmBindgen.step(),
        Cargo::WasmPack.step(),
    ]
}

pub fn wasm_step() -> Step {
    Step::chore(
        "build",
        "pkg/wasm, pkg/js and pkg/dist hold what a page downloads",
        wasm,
    )
    .needs([
        "install-rust-parts",
        "install-node-packages",
        "install-wasm-bindgen",
        "install-wasm-pack",
    ])
}

/// The server of the host pages, which checks again what they send.
pub fn host_step() -> Step {
    Step::chore("host", "the server of the host pages", |screen| {
        screen
            .run(Program::new("cargo").arguments(["build", "--package", "host"]))
            .map(drop)
    })
    .needs(["install-rust-parts"])
}

fn wasm(screen: &Screen) -> anyhow::Result<()> {
    let folder = repository::wasm();
    let without_wasm = repository::without_wasm();
    // A file of an earlier build must not ship by accident.
    for folder in [&folder, &without_wasm] {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    for binary in [BINARY, STANDARD] {
        let named = compiled(screen, &binary)?;
        // Of the same compilation, not of one of its own, so that the two cannot be of different rules.
        let rules = without_wasm.join(binary.script);
        screen.run(script("without-wasm.mjs").arguments([&named, &rules]))?;
        screen.say(&format!("{}: {} bytes", binary.script, size(&rules)?));
    }

    // What is known of rules and tables is asked of the same crate, natively, and leaves the binaries that pages load.
    let catalogue = Program::new("cargo")
        .arguments(["run", "--quiet", "--package", "catalogue", "--"])
        .arguments([folder.join(CATALOGUE)]);
    screen.run(catalogue)?;

    screen.run(script("bundle.mjs"))?;
    screen.run(script("integrity.mjs")).map(drop)
}

/// Compiles one binary, writes it to the package, and gives what it was before `wasm-opt`.
fn compiled(screen: &Screen, binary: &Binary) -> anyhow::Result<PathBuf> {
    // `--no-opt`: or wasm-pack takes whatever wasm-opt is in the PATH. The rest: what it writes is a step on the way and no package.
    let options = [
        "--target",
        "web",
        "--release",
        "--no-opt",
        "--no-pack",
        "--no-gitignore",
        "--no-typescript",
        "--out-name",
        "ncrs_form_check",
    ];
    let bound = repository::target().join(binary.folder);
    let wasm_pack = Program::new(Cargo::WasmPack.path("wasm-pack")?)
        .arguments(["build"])
        .arguments([repository::root()])
        .arguments(options)
        .arguments(["--out-dir"])
        .arguments([&bound])
        .arguments(binary.features)
        .variable("CARGO_ENCODED_RUSTFLAGS", flags()?)
        // The standard library comes compiled, and says in a section of its own that it may use the features left out. wasm-bindgen
        // goes by that section.
        .variable("CARGO_PROFILE_RELEASE_STRIP", "true")
        .variable("PATH", tools::path_with_ours()?);
    screen.run(wasm_pack)?;

    let written = repository::wasm().join(binary.file);
    let named = bound.join("named.wasm");
    let exports = script("exports.mjs")
        .arguments([&bound, &named])
        .arguments(binary.left_out);
    screen.run(exports)?;
    let features = FEATURES.map(|feature| format!("--enable-{feature}"));
    let wasm_opt = tools::binaryen("wasm-opt")
        .arguments([&named])
        .arguments(["-Oz", "--converge"])
        // The first kilobyte is the far end of the stack, where no address is reckoned from below: offsets can be part of a load.
        .arguments(["--low-memory-unused"])
        // That pass cuts zeros out of the tables, which is smaller as it stands and larger once it is compressed.
        .arguments(["--skip-pass=memory-packing"])
        // Values that are kept for a second use make functions shorter and less alike: larger once they are compressed.
        .arguments(["--skip-pass=local-cse", "--skip-pass=simplify-locals"])
        // One large function out of many that are called once is smaller as it stands, and larger once it is compressed.
        .arguments(["--one-caller-inline-max-function-size", "20"])
        .arguments(&features)
        .arguments(["--strip-debug", "--strip-producers", "--strip-target-features", "-o"])
        .arguments([&written]);
    screen.run(wasm_opt)?;
    let order = script("order.mjs")
        .arguments([&written])
        .arguments(&features)
        // Nothing more is optimised, only written as shortly as before.
        .arguments(["--optimize-level", "2", "--shrink-level", "2"])
        .arguments(["--skip-pass=memory-packing", "--strip-target-features"]);
    screen.run(order)?;
    screen.say(&format!(
        "{}: {} bytes, {} after wasm-opt",
        binary.file,
        size(&bound.join("ncrs_form_check_bg.wasm"))?,
        size(&written)?
    ));
    Ok(named)
}

/// A part of the build that is written for Node, where binaryen and the minifier are.
fn script(name: &str) -> Program {
    Program::new("node").arguments([repository::root().join("xtask/build").join(name)])
}

/// What the compiler is told: the plain features, and folders of this machine under names that say nothing of it. It writes where
/// each panic would come from, and what ships should be the same wherever it was built.
fn flags() -> anyhow::Result<OsString> {
    let cargo = match env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => env::home_dir()
            .context("there is no home folder to find cargo's files in")?
            .join(".cargo"),
    };
    let mut flags = OsString::from(PLAIN_FEATURES);
    // The names of functions, by which `exports.mjs` finds those that a panic goes through. wasm-opt takes them out.
    flags.push("\u{1f}-Clink-arg=--keep-section=name");
    for option in PLAIN_CODE {
        flags.push("\u{1f}-Cllvm-args=");
        flags.push(option);
    }
    let folders = [
        (cargo, "/cargo"),
        (repository::root(), "/ncrs-form-check"),
        (repository::target(), "/ncrs-form-check/target"),
    ];
    for (folder, name) in folders {
        // What cargo expects between two flags.
        flags.push("\u{1f}--remap-path-prefix=");
        flags.push(folder);
        flags.push("=");
        flags.push(name);
    }
    Ok(flags)
}

fn size(file: &std::path::Path) -> anyhow::Result<u64> {
    Ok(fs::metadata(file)
        .with_context(|| format!("the build did not write {}", file.display()))?
        .len())
}
