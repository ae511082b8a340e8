//! DSPT declarations: worked ones first, then a file for each question that can be asked of them.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::collections::BTreeSet;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use ncrs_form_check::{Context, Form, Options, check};

#[path = "dspt/boundaries.rs"]
mod boundaries;
#[path = "dspt/dates.rs"]
mod dates;
#[path = "dspt/days.rs"]
mod days;
#[path = "dspt/declared.rs"]
mod declared;
#[path = "dspt/edges.rs"]
mod edges;
#[path = "dspt/export.rs"]
mod export;
#[path = "dspt/host.rs"]
mod host;
#[path = "dspt/laws.rs"]
mod laws;
#[path = "dspt/onboarding.rs"]
mod onboarding;
#[path = "dspt/statuses.rs"]
mod statuses;

/// The question that each column of the table answers; dspt.md 2.3.
const COLUMNS: &[(&str, &str)] = &[
    ("published", "dspt.published"),
    ("applicant_ods", "organisation.ods_code"),
    ("dspt_code", "dspt.ods_code"),
    ("published_by", "dspt.published_by"),
    ("parent_code", "dspt.parent_ods_code"),
    ("site_included", "dspt.site_included"),
    ("edition", "dspt.edition"),
    ("version", "dspt.version"),
    ("status", "dspt.status"),
    ("publication_date", "dspt.published_date"),
    ("plan_ref", "dspt.plan_reference"),
    ("plan_target_date", "dspt.plan_date"),
    ("category", "dspt.category"),
    ("sector", "dspt.sector"),
    ("audit_done", "dspt.audit_done"),
    ("siro", "dspt.siro_name"),
    ("caldicott", "dspt.caldicott_guardian_name"),
    ("dpo", "contacts.dpo.name"),
    ("ig_lead", "dspt.ig_lead_name"),
    ("ico_number", "organisation.ico_number"),
    ("confirmed", "declaration.agreed"),
    ("declared_name", "declaration.name"),
    ("declared_role", "declaration.job_title"),
    ("declared_date", "declaration.date"),
];

#[test]
fn every_worked_declaration_gets_the_outcome_rules_and_day_it_expects() {
    let table = std::fs::read_to_string("tests/dspt/cases.tsv").unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| cells[header.iter().position(|column| *column == name).unwrap()];
        let answers = Answers::from_pairs(COLUMNS.iter().map(|(column, question)| (*question, cell(column))));
        let options = Options {
            today: cell("check_date").to_owned(),
            policy: Some(cell("policy").to_owned()),
            ..Options::default()
        };
        let report = check(
            Form::DsptDeclaration,
            &answers,
            &Context::from_options(&options).unwrap(),
        )
        .unwrap();
        let ours: Vec<_> = report
            .findings
            .iter()
            .filter(|finding| finding.rule.starts_with("DSPT-"))
            .collect();
        let rules: BTreeSet<&str> = ours.iter().map(|finding| finding.rule).collect();
        let rules = if rules.is_empty() {
            "-".to_owned()
        } else {
            rules.into_iter().collect::<Vec<_>>().join(" ")
        };
        let has = |severity: Severity| ours.iter().any(|finding| finding.severity == severity);
        let outcome = if has(Severity::Error) {
            "error"
        } else if has(Severity::Warning) {
            "warning"
        } else {
            "pass"
        };
        let until = report
            .dspt
            .and_then(|dspt| dspt.valid_until)
            .unwrap_or_else(|| "-".to_owned());
        let found = (outcome, rules, until);
        let expected = (
            cell("expected_outcome"),
            cell("expected_rules").replace(", ", " ").replace([',', ';'], " "),
            cell("expected_valid_until").to_owned(),
        );
        if found != expected {
            wrong.push(format!(
                "{} ({}): expected {expected:?}, found {found:?}",
                cell("id"),
                cell("note")
            ));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked, 77);
}
