//! Where is everything: the root of this clone, its test tooling, its package, the folder for logs?

use std::path::{Path, PathBuf};

/// The root of the clone that this program was compiled in.
pub fn root() -> PathBuf {
    let own_manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    own_manifest.parent().unwrap_or(own_manifest).to_path_buf()
}

/// Where the Node tooling and every test that needs more than one room live.
pub fn tests() -> PathBuf {
    root().join("tests")
}

/// Where the build puts what ships: `pkg/wasm`.
pub fn wasm() -> PathBuf {
    root().join("pkg").join("wasm")
}

/// Where the build puts the same without WebAssembly: `pkg/js`.
pub fn without_wasm() -> PathBuf {
    root().join("pkg").join("js")
}

/// Where cargo, and every step on the way to what ships, puts what it makes.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Where a step's full output is kept, for whoever wants more than the screen showed.
pub fn logs() -> PathBuf {
    target().join("xtask-logs")
}

/// Every file under `tests/` whose name ends so, in order. Looks into no `node_modules`.
pub fn tests_named(ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![tests()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if entry.file_type()?.is_dir() {
                if name != "node_modules" && name != "target" {
                    folders.push(entry.path());
                }
            } else if name.ends_with(ending) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
