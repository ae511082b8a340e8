//! What is decided about ODS codes? The worked decisions, and every code of the real lists.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use ncrs_form_check::ods::{CodeBox, OdsCheck, OdsOptions, Verdict, check_with};
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

/// The codes of a list with one verdict, each with its rules, in the order of the list.
fn named(file: &str, code_box: CodeBox, verdict: Verdict) -> Vec<(String, String)> {
    let codes = read(&format!("ods/real/{file}"));
    let (checks, _, _) = counted(file, code_box);
    codes
        .lines()
        .zip(&checks)
        .filter(|(_, check)| check.verdict == verdict)
        .map(|(code, check)| (code.to_owned(), rules(check)))
        .collect()
}

fn codes(named: &[(String, String)], rule: &str) -> Vec<String> {
    named
        .iter()
        .filter(|(_, rules)| rules == rule)
        .map(|(code, _)| code.clone())
        .collect()
}

#[test]
fn the_real_codes_that_are_impossible_or_retired_are_those_that_are_named() {
    let retired_in_register = [
        "Z7129", "5J559", "Z7919", "Z7931", "699K0", "69730", "Z7911", "5NY62", "Z7927", "Z7916",
    ];
    let retired = |file, code_box| codes(&named(file, code_box, Verdict::Retired), "ODS-040");
    assert_eq!(
        retired("clinics_nhsuk.txt", CodeBox::Ods),
        ["5CN17", "5MD81", "53101", "53081", "58407", "5QEA5"]
    );
    assert_eq!(retired("dspt_2019.txt", CodeBox::Ods), retired_in_register);
    assert_eq!(retired("dspt_2019.txt", CodeBox::Dspt), retired_in_register);

    let clinics = named("clinics_nhsuk.txt", CodeBox::Ods, Verdict::Impossible);
    assert_eq!(codes(&clinics, "ODS-021"), ["RVN2A-A", "RVN2M-A"]);

    let register = named("dspt_2019.txt", CodeBox::Ods, Verdict::Impossible);
    assert_eq!(codes(&register, "ODS-014"), ["2006-04-01 00:00:00"]);
    assert_eq!(codes(&register, "ODS-018"), ["12345"]);
    assert_eq!(codes(&register, "ODS-027"), ["D5654071"]);
    let sorted = |rule| {
        let mut codes = codes(&register, rule);
        codes.sort();
        codes
    };
    assert_eq!(
        sorted("ODS-022"),
        [
            "ARTERYS",
            "Demo Dental Account 009",
            "Home Countries - Kainos",
            "SUPPORT"
        ]
    );
    assert_eq!(sorted("ODS-033"), ["8J129REMOVE", "ECC0001-SoM-SEWTU"]);
    let endings = codes(&register, "ODS-021");
    assert_eq!(endings.len(), 81);
    for code in ["V10679-765139", "V10679-753610", "V03610-A"] {
        assert!(endings.iter().any(|ending| ending == code), "{code}");
    }

    let in_dspt_box = named("dspt_2019.txt", CodeBox::Dspt, Verdict::Impossible);
    assert_eq!(codes(&in_dspt_box, "ODS-014"), ["2006-04-01 00:00:00"]);
    assert_eq!(codes(&in_dspt_box, "ODS-018"), ["12345"]);
    assert_eq!(codes(&in_dspt_box, "ODS-027"), ["D5654071"]);
    let mut names = codes(&in_dspt_box, "ODS-022");
    names.sort();
    assert_eq!(names, ["Demo Dental Account 009", "Home Countries - Kainos"]);

    let geographies = named("geographies_2021.txt", CodeBox::Ods, Verdict::Impossible);
    assert_eq!(geographies, [("U".to_owned(), "ODS-032".to_owned())]);
}

#[test]
fn no_code_of_an_official_list_is_impossible_or_retired() {
    let official = [
        "epraccur_2022",
        "egdpprac_2018",
        "geographies_2021",
        "oc_eccg_2023",
        "oc_ect_2023",
        "oc_etr_2023",
        "sh_etr_2022",
        "rcpch_hospitals",
        "rcpch_icb",
        "rcpch_lhb",
        "rcpch_pdus",
        "ravs_orgs",
    ];
    for list in official {
        for code_box in [CodeBox::Ods, CodeBox::Dspt] {
            for code in read(&format!("ods/real/{list}.txt")).lines() {
                // Stands for no network, and is not a code.
                if (list, code) == ("geographies_2021", "U") {
                    continue;
                }
                let check = check_with(
                    code,
                    &OdsOptions {
                        code_box,
                        ..OdsOptions::default()
                    },
                );
                assert!(
                    matches!(check.verdict, Verdict::Plausible | Verdict::Unusual),
                    "{code} of {list} is {:?}: {}",
                    check.verdict,
                    rules(&check)
                );
            }
        }
    }
}
