//! What is decided about ODS codes? The worked decisions, and every code of the real lists.

use ncrs_form_check::ods::{CodeBox, OdsCheck, OdsOptions, Verdict, check, check_with};
use std::collections::BTreeMap;
use std::fs;

fn read(path: &str) -> String {
    let whole = format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

/// The rows of a table with a header, each by the names of its columns.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = read(path);
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), header.len(), "{path}: {line}");
            header
                .iter()
                .zip(cells)
                .map(|(name, cell)| ((*name).to_owned(), cell.to_owned()))
                .collect()
        })
        .collect()
}

fn verdict(check: &OdsCheck) -> String {
    serde_json::to_value(check.verdict)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn rules(check: &OdsCheck) -> String {
    let rules: Vec<&str> = check.findings.iter().map(|finding| finding.rule).collect();
    rules.join(" ")
}

fn code_box(name: &str) -> CodeBox {
    match name {
        "ods" => CodeBox::Ods,
        "dspt" => CodeBox::Dspt,
        _ => panic!("there is no box {name}"),
    }
}

fn decide_as_written(path: &str, at_least: usize) {
    let rows = rows(path);
    assert!(rows.len() >= at_least, "{path} has {} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let input: String = json_text(cell("input"));
        let parent = row.get("parent").map(|parent| json_text(parent));
        let check = check_with(
            &input,
            &OdsOptions {
                code_box: code_box(cell("box")),
                organisation_type: Some(cell("organisation_type")).filter(|name| !name.is_empty()),
                parent: parent.as_deref(),
                ..OdsOptions::default()
            },
        );
        let kinds: Vec<&str> = check.kinds.iter().map(|kind| kind.id).collect();
        let got = [
            verdict(&check),
            check.code.clone().unwrap_or_default(),
            kinds.join(" "),
            check.suggestion.clone().unwrap_or_default(),
            check.tidied.to_string(),
            rules(&check),
        ];
        let wanted = ["verdict", "code", "kinds", "suggestion", "tidied", "rules"].map(cell);
        if got != wanted {
            wrong.push(format!(
                "{} ({})\n  wanted {wanted:?}\n  got    {got:?}",
                cell("input"),
                cell("why")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows of {path}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The text of a JSON string. A lone surrogate, which no Rust text can hold, becomes U+FFFD as at the boundary.
fn json_text(cell: &str) -> String {
    serde_json::from_str(cell).unwrap_or_else(|error| panic!("{cell}: {error}"))
}

#[test]
fn every_worked_decision_is_as_it_was_decided() {
    decide_as_written("ods/cases.tsv", 368);
}

#[test]
fn every_worked_decision_with_a_parent_is_as_it_was_decided() {
    decide_as_written("ods/parent-cases.tsv", 19);
}

/// How many codes of a list have each verdict, and how often each rule spoke.
fn counted(file: &str, code_box: CodeBox) -> (Vec<OdsCheck>, [usize; 5], String) {
    let checks: Vec<OdsCheck> = read(&format!("ods/real/{file}"))
        .lines()
        .map(|code| {
            check_with(
                code,
                &OdsOptions {
                    code_box,
                    ..OdsOptions::default()
                },
            )
        })
        .collect();
    let with = |verdict| checks.iter().filter(|check| check.verdict == verdict).count();
    let verdicts = [
        checks.len(),
        with(Verdict::Plausible),
        with(Verdict::Unusual),
        with(Verdict::Retired),
        with(Verdict::Impossible),
    ];
    let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in checks.iter().flat_map(|check| &check.findings) {
        *spoken.entry(finding.rule).or_default() += 1;
    }
    let spoken: Vec<String> = spoken.iter().map(|(rule, count)| format!("{rule}={count}")).collect();
    (checks, verdicts, spoken.join(" "))
}

#[test]
fn every_real_list_gets_exactly_the_verdicts_and_rules_that_were_counted() {
    let rows = rows("ods/real-counts.tsv");
    assert_eq!(rows.len(), 16, "15 lists, one of them in both boxes");
    for row in &rows {
        let number = |name: &str| row[name].parse::<usize>().unwrap();
        let (_, verdicts, spoken) = counted(&row["file"], code_box(&row["box"]));
        let wanted = ["codes", "plausible", "unusual", "retired", "impossible"].map(number);
        assert_eq!(verdicts, wanted, "{} in box {}", row["file"], row["box"]);
        assert_eq!(spoken, row["rules"], "{} in box {}", row["file"], row["box"]);
    }
}

#[test]
fn a_plain_code_is_plausible() {
    assert_eq!(check("A81001").verdict, Verdict::Plausible);
}
