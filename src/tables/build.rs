//! The build script: judges every table and writes it out as plain `static` rows. A bad row fails the build with file,
//! line, what is wrong and what to do. The judging itself is in `judge/`, which the tests of bad tables use too.

#[path = "judge/mod.rs"]
mod judge;

use std::path::Path;
use std::{env, fs, process};

fn main() {
    let folder = Path::new("src/tables");
    println!("cargo::rerun-if-changed=src/tables");
    let sources = match judge::Sources::read(folder) {
        Ok(sources) => sources,
        Err(problem) => stop(&[problem]),
    };
    let written = match judge::judge(&sources) {
        Ok(written) => written,
        Err(problems) => stop(&problems),
    };
    let Some(out) = env::var_os("OUT_DIR") else {
        stop(&[judge::Problem::new(
            "build.rs",
            0,
            "OUT_DIR is not set",
            "build with cargo",
        )]);
    };
    let target = Path::new(&out).join("tables.rs");
    if let Err(error) = fs::write(&target, written) {
        stop(&[judge::Problem::new(
            "build.rs",
            0,
            format!("{} cannot be written: {error}", target.display()),
            "make room, or make the folder writable",
        )]);
    }
}

/// Cargo shows what is on standard error of a build script that fails.
#[allow(clippy::print_stderr)]
fn stop(problems: &[judge::Problem]) -> ! {
    for problem in problems {
        eprintln!("{problem}\n");
    }
    eprintln!(
        "{} in the tables; nothing was built.",
        judge::counted(problems.len(), "problem", "problems")
    );
    process::exit(1);
}
