//! How is the crate made into what ships, and which files is that?

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context as _, bail};

use crate::program::{Program, Screen};
use crate::repository;
use crate::run::{self, Step};
use crate::tools::{self, Cargo};

/// What rustc's wasm32 target uses. Named one by one: with `--all-features` wasm-opt writes what Chromium refuses to load.
const FEATURES: [&str; 6] = [
    "mutable-globals",
    "nontrapping-float-to-int",
    "bulk-memory",
    "sign-ext",
    "reference-types",
    "multivalue",
];

const GLUE: &str = "ncrs_form_check.js";
const BINARY: &str = "ncrs_form_check_bg.wasm";
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
    Step::chore("build", "pkg/wasm holds what a page downloads", wasm).needs([
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
    // A file of an earlier build must not ship by accident.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    // `--no-opt`: or wasm-pack takes whatever wasm-opt is in the PATH. `--no-pack` and `--no-gitignore`: or it writes a package.json beside
    // ours and an ignore file that keeps wasm/ out of the package. `--no-typescript`: the types that ship are written by hand.
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
    let wasm_pack = Program::new(Cargo::WasmPack.path("wasm-pack")?)
        .arguments(["build"])
        .arguments([repository::root()])
        .arguments(options)
        .arguments(["--out-dir", "pkg/wasm"])
        .variable("CARGO_ENCODED_RUSTFLAGS", plain_paths()?)
        .variable("PATH", tools::path_with_ours()?);
    screen.run(wasm_pack)?;

    let binary = folder.join(BINARY);
    let before = size(&binary)?;
    let features = FEATURES.map(|feature| format!("--enable-{feature}"));
    let wasm_opt = tools::binaryen("wasm-opt")
        .arguments([&binary])
        .arguments(["-Oz"])
        .arguments(&features)
        .arguments(["--strip-debug", "--strip-producers", "--strip-target-features", "-o"])
        .arguments([&binary]);
    screen.run(wasm_opt)?;
    screen.say(&format!("{BINARY}: {before} bytes, {} after wasm-opt", size(&binary)?));

    // What is known of rules and tables is asked of the same crate, natively, and leaves the binary that every page loads.
    let catalogue = Program::new("cargo")
        .arguments(["run", "--quiet", "--package", "catalogue", "--"])
        .arguments([folder.join(CATALOGUE)]);
    screen.run(catalogue)?;

    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    if names != [CATALOGUE, GLUE, BINARY] {
        bail!(
            "pkg/wasm should hold {CATALOGUE}, {GLUE} and {BINARY}, and holds {}. Decide in xtask/src/build.rs what ships",
            names.join(", ")
        );
    }
    Ok(())
}

/// Folders of this machine under names that say nothing of it: the compiler writes where each panic would come from, and
/// what ships should be the same wherever it was built.
fn plain_paths() -> anyhow::Result<OsString> {
    let cargo = match env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => env::home_dir()
            .context("there is no home folder to find cargo's files in")?
            .join(".cargo"),
    };
    let mut flags = OsString::new();
    for (folder, name) in [(cargo, "/cargo"), (repository::root(), "/ncrs-form-check")] {
        if !flags.is_empty() {
            // What cargo expects between two flags.
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push("=");
        flags.push(name);
    }
    Ok(flags)
}

fn size(file: &std::path::Path) -> anyhow::Result<u64> {
    Ok(fs::metadata(file)
        .with_context(|| format!("wasm-pack did not write {}", file.display()))?
        .len())
}
