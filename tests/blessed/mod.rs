//! Is a file that is made from the crate the one that is there? If not, one command writes it, and a person reads what
//! changed.

use std::{env, fs};

/// Compares a committed file with what the crate makes now. `BLESS=1` writes it instead.
pub(crate) fn compare(path: &str, test: &str, made: &str) {
    let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if env::var_os("BLESS").is_some() {
        fs::write(&whole, made).unwrap();
        return;
    }
    let there = fs::read_to_string(&whole).unwrap_or_default();
    if there == made {
        return;
    }
    let first = there
        .lines()
        .zip(made.lines())
        .position(|(old, new)| old != new)
        .unwrap_or_else(|| there.lines().count().min(made.lines().count()));
    panic!(
        "{path} is not what the crate makes now; first in line {}:\n  there {:?}\n  now   {:?}\nrun BLESS=1 cargo test --test {test}, and read what changed",
        first + 1,
        there.lines().nth(first).unwrap_or_default(),
        made.lines().nth(first).unwrap_or_default(),
    );
}
