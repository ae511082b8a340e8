//! Is the next year of the DSPT one row of a table? Slips in its tables are in `bad-tables/dspt.toml`, for `tables.rs`.

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

use std::path::Path;

use judge::{Problem, Sources};

fn good() -> Sources {
    Sources::read(Path::new("src/tables")).unwrap()
}

fn line_of(whole: &str, part: &str) -> usize {
    let at = whole
        .find(part)
        .unwrap_or_else(|| panic!("{part:?} is not in the table"));
    whole[..at].matches('\n').count() + 1
}

const NEXT_YEAR: &str = r#"
[[edition]]
edition = "2027-28"
version = 10
label = "27/28"
opens = "2027-09-02"
opens_basis = "documented"
deadline = "2028-06-30"
deadline_basis = "documented"
in_force_until = "2029-06-30"
in_force_basis = "inferred-next-deadline"
confirmed = "yes"
"#;

fn with_next_year(row: &str) -> Result<String, Vec<Problem>> {
    let mut sources = good();
    sources.0.get_mut("dspt-calendar.toml").unwrap().push_str(row);
    judge::judge(&sources)
}

#[test]
fn adding_the_edition_of_2027_is_one_row_of_the_table_and_no_code() {
    let before = judge::judge(&good()).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let after = with_next_year(NEXT_YEAR).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let new: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(
        new,
        [
            "    EditionRow { edition: \"2027-28\", first_year: 2027, version: 10, opens: Date::known(2027, 9, 2), \
             deadline: Date::known(2028, 6, 30), in_force_until: Date::known(2029, 6, 30), confirmed: \"yes\" },"
        ]
    );
    assert_eq!(after.lines().count(), before.lines().count() + 1);
}

#[test]
fn the_next_edition_forgotten_half_is_refused_with_its_line() {
    let row = NEXT_YEAR.replace("version = 10", "version = 9");
    let problems = with_next_year(&row).unwrap_err();
    let table = &good().0["dspt-calendar.toml"];
    let line = line_of(&format!("{table}{row}"), "version = 9\nlabel = \"27/28\"");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [format!(
            "src/tables/dspt-calendar.toml:{line}: version 9 does not follow version 9\n  to mend it: each edition is the next version"
        )]
    );
    assert_eq!(judge::counted(problems.len(), "problem", "problems"), "1 problem");
}

#[test]
fn the_built_in_calendar_is_that_of_the_specification() {
    let expected = std::fs::read_to_string("tests/dspt/calendar.tsv").unwrap();
    let mut lines = expected.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let table: toml::Table = good().0["dspt-calendar.toml"].parse().unwrap();
    let rows = table["edition"].as_array().unwrap();
    let mut count = 0;
    for (row, line) in rows.iter().zip(lines.by_ref()) {
        for (column, cell) in columns.iter().zip(line.split('\t')) {
            let found = match row.get(*column) {
                None => "-".to_owned(),
                Some(toml::Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            };
            assert_eq!(found, cell, "{column} of {line}");
        }
        count += 1;
    }
    assert_eq!((rows.len(), count, lines.next()), (9, 9, None));
}
