//! Are bad tables refused with a message that a colleague can act on, and do rule ids only ever grow in number?
//!
//! A row of `bad-tables/*.toml` is one small slip in a table that is there: `find` in `file` becomes `replace`. The build
//! must then say `says` at the line of `at` and how to mend it, and nothing else, so that nobody has to guess which
//! of five messages is the cause. `problems` says how many there are when one slip breaks several things.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

#[path = "../src/tables/judge/mod.rs"]
mod judge;

use judge::Sources;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BadTables {
    slip: Vec<Slip>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    why: String,
    file: String,
    find: String,
    replace: String,
    /// The table that the message points to, when it is another one.
    told_in: Option<String>,
    /// Text on the line that the message points to; the first line of the file when it is about the whole table.
    #[serde(default)]
    at: String,
    says: String,
    mend: String,
    #[serde(default = "one")]
    problems: usize,
}

fn one() -> usize {
    1
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn good() -> Sources {
    Sources::read(&root().join("src/tables")).unwrap()
}

fn slips() -> Vec<(String, Slip)> {
    let mut slips = Vec::new();
    for entry in fs::read_dir(root().join("tests/bad-tables")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bad: BadTables =
            toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        slips.extend(bad.slip.into_iter().map(|slip| (name.clone(), slip)));
    }
    slips
}

/// The line of the first place of a text, counted from 1.
fn line_of(whole: &str, part: &str) -> usize {
    let at = whole
        .find(part)
        .unwrap_or_else(|| panic!("{part:?} is not in the table"));
    whole[..at].matches('\n').count() + 1
}

#[test]
fn the_tables_that_are_there_are_good() {
    if let Err(problems) = judge::judge(&good()) {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", told.join("\n"));
    }
}

#[test]
fn every_slip_is_refused_with_its_file_its_line_what_is_wrong_and_what_to_do() {
    let slips = slips();
    assert!(slips.len() >= 60, "{} slips", slips.len());
    let mut wrong = Vec::new();
    for (name, slip) in &slips {
        let mut sources = good();
        let table = sources
            .0
            .get_mut(&slip.file)
            .unwrap_or_else(|| panic!("{name}: there is no table {}", slip.file));
        let places = table.matches(slip.find.as_str()).count();
        if places != 1 {
            wrong.push(format!(
                "{name}: {}\n  {:?} is there {places} times",
                slip.why, slip.find
            ));
            continue;
        }
        *table = table.replacen(slip.find.as_str(), &slip.replace, 1);
        let told_in = slip.told_in.as_ref().unwrap_or(&slip.file);
        let table = &sources.0[told_in];
        let line = if slip.at.is_empty() {
            0
        } else {
            line_of(table, &slip.at)
        };
        let problems = judge::judge(&sources).err().unwrap_or_default();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let met = problems.iter().any(|problem| {
            problem.file == *told_in
                && problem.line == line
                && problem.what.contains(&slip.says)
                && problem.fix.contains(&slip.mend)
        });
        if !met || problems.len() != slip.problems {
            wrong.push(format!(
                "{name}: {}\n  wanted {}:{line}: {}\n  to mend it: {}\n  got {} problems:\n{}",
                slip.why,
                told_in,
                slip.says,
                slip.mend,
                problems.len(),
                told.join("\n")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}:\n\n{}",
        judge::counted(wrong.len(), "slip", "slips"),
        wrong.join("\n\n")
    );
}

#[test]
fn a_table_that_is_missing_is_named() {
    // For readers: nothing is built from it.
    let unread = "sources.toml";
    let files: Vec<String> = good().0.keys().filter(|file| *file != unread).cloned().collect();
    for file in files {
        let mut sources = good();
        sources.0.remove(&file);
        let Err(problems) = judge::judge(&sources) else {
            panic!("{file} is not missed");
        };
        assert!(
            problems.iter().any(|problem| problem.file == file),
            "{file}: {}",
            problems[0]
        );
    }
}

#[test]
fn a_problem_reads_as_a_colleague_needs_it() {
    let mut sources = good();
    let table = sources.0.get_mut("ods-formats.toml").unwrap();
    *table = table.replacen("pattern = \"Fyk{3}\"", "pattern = \"Fyk{2}\"", 1);
    let problems = judge::judge(&sources).unwrap_err();
    let line = line_of(&sources.0["ods-formats.toml"], "accept = [\"FA002\"");
    assert!(
        problems.iter().any(|problem| problem.to_string()
            == format!(
                "src/tables/ods-formats.toml:{line}: pharmacy lists FA002 as one of its codes, and its pattern does not fit it\n  \
                 to mend it: correct the pattern or take the code away"
            )),
        "{}",
        problems[0]
    );
}

/// The ids of all rules, in the order of reports.
fn ids() -> Vec<String> {
    let sources = good();
    judge::RULE_FILES
        .iter()
        .flat_map(|file| {
            let table: toml::Table = sources.0[*file].parse().unwrap();
            let rules = table
                .get("rule")
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default();
            rules.into_iter().map(|rule| rule["id"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn rule_ids_are_promises_so_their_list_only_ever_grows() {
    let path: &Path = &root().join("tests/golden/codes.txt");
    let golden = fs::read_to_string(path).unwrap();
    let promised: BTreeSet<&str> = golden.lines().collect();
    assert_eq!(promised.len(), golden.lines().count(), "an id is there twice");
    let ids = ids();
    let there: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let gone: Vec<&&str> = promised.difference(&there).collect();
    assert!(
        gone.is_empty(),
        "retire these with `until`, never delete or rename them: {gone:?}"
    );
    let new: Vec<&str> = there.difference(&promised).copied().collect();
    if !new.is_empty() && std::env::var_os("BLESS").is_some() {
        let lines: Vec<&str> = promised.union(&there).copied().collect();
        fs::write(path, lines.join("\n") + "\n").unwrap();
        return;
    }
    assert!(
        new.is_empty(),
        "promise these with BLESS=1 cargo test --test tables: {new:?}"
    );
}

#[test]
fn the_rules_of_ods_stand_in_the_order_of_their_ids() {
    let ids = ids();
    let ods: Vec<&String> = ids.iter().filter(|id| id.starts_with("ODS-")).collect();
    assert!(ods.is_sorted());
    assert_eq!(ods.len(), 43);
}
