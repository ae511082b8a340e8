//! Does the same source give the same bytes, wherever it is built?
//!
//! Builds a copy of what git knows of, in a folder of another name and length, and compares all that the build makes. Who reviewed the source can then
//! build the package and hold the digests of `pkg/integrity.json` against those that were published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::program::{Program, Screen};
use crate::repository;
use crate::run::Step;

pub fn step() -> Step {
    Step::chore(
        "reproducible",
        "the same source gives the same bytes in another folder",
        compare,
    )
    .needs(["build"])
}

fn compare(screen: &Screen) -> anyhow::Result<()> {
    let root = repository::root();
    let copy = repository::target()
        .join("built-elsewhere")
        .join("a-clone-of-another-name");
    copy_tracked(&root, &copy)?;
    link_node_packages(&root, &copy)?;
    let build = Program::new("cargo")
        .arguments(["run", "--quiet", "--package", "xtask", "--", "build"])
        .variable("CARGO_TARGET_DIR", copy.join("target"))
        .folder(copy.clone())
        .limit(Duration::from_secs(40 * 60));
    screen.run(build)?;

    let ours = made(&root.join("pkg"))?;
    let theirs = made(&copy.join("pkg"))?;
    let differing: Vec<&str> = ours
        .keys()
        .chain(theirs.keys())
        .filter(|name| ours.get(*name) != theirs.get(*name))
        .map(String::as_str)
        .collect();
    if ours.is_empty() || !differing.is_empty() {
        bail!(
            "built in another folder these files of pkg/ differ: {}. Both are kept: see pkg/ and {}",
            differing.join(", "),
            copy.join("pkg").display()
        );
    }
    screen.say(&format!("{} files are the same, byte for byte", ours.len()));
    Ok(())
}

/// Every file that the build made, and what is in it.
fn made(pkg: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for folder in ["dist", "js", "wasm"] {
        let place = pkg.join(folder);
        for entry in fs::read_dir(&place).with_context(|| format!("could not look into {}", place.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), fs::read(&path)?);
        }
    }
    files.insert("integrity.json".to_owned(), fs::read(pkg.join("integrity.json"))?);
    Ok(files)
}

/// The working tree as it is, less what git ignores. Times are kept, so that a second run compiles only what changed.
fn copy_tracked(root: &Path, copy: &Path) -> anyhow::Result<()> {
    let listed = Program::new("git")
        .arguments(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .answer()
        .context("`git ls-files` failed: this step needs a clone")?;
    let names: Vec<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
    forget_others(copy, &names)?;
    for name in names {
        let (from, to) = (root.join(name), copy.join(name));
        // Deleted, and not committed yet.
        if !from.is_file() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&from, &to).with_context(|| format!("could not copy {name}"))?;
        fs::File::options()
            .write(true)
            .open(&to)?
            .set_modified(fs::metadata(&from)?.modified()?)?;
    }
    Ok(())
}

/// Takes away what an earlier run copied and is gone since.
fn forget_others(copy: &Path, names: &[&str]) -> anyhow::Result<()> {
    let mut folders: Vec<PathBuf> = ["src", "pkg", "xtask"].iter().map(|name| copy.join(name)).collect();
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(copy)?.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !names.contains(&name.as_str()) {
                fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link_node_packages(root: &Path, copy: &Path) -> anyhow::Result<()> {
    let link = copy.join("tests/node_modules");
    if !link.is_symlink() {
        std::os::unix::fs::symlink(root.join("tests/node_modules"), &link)
            .with_context(|| format!("could not make {}", link.display()))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn link_node_packages(_: &Path, _: &Path) -> anyhow::Result<()> {
    bail!("this step needs a system with links between folders, such as Linux or macOS")
}
