//! In which shapes may answers come, and what becomes of those that fit no question? Onboarding.md 3.1.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used)]

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Form, Report, check};
use serde_json::{Value, json};

#[test]
fn shapes_that_answers_come_in() {
    let read = |json: Value| {
        let answers: Answers = serde_json::from_value(json).unwrap();
        check(
            Form::NcrsOnboarding,
            &answers,
            &Context::new("2026-11-22".parse().unwrap()),
        )
        .unwrap()
    };
    let finding = |report: &Report, question: &str| {
        let finding = report.findings.iter().find(|finding| finding.question == question);
        finding.map(|finding| finding.rule)
    };
    for (name, answers, question, rule, unknown) in [
        (
            "a date in an object",
            json!({ "declaration": { "date": { "day": 20, "month": 11, "year": 2026 } } }),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "month by name",
            json!([
                ["declaration.date.day", "20"],
                ["declaration.date.month", "nov"],
                ["declaration.date.year", "2026"]
            ]),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "parts beside a blank whole",
            json!([
                ["declaration.date", ""],
                ["declaration.date.day", "20"],
                ["declaration.date.month", "11"],
                ["declaration.date.year", "2026"]
            ]),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "a blank whole beside parts",
            json!([
                ["declaration.date.day", "20"],
                ["declaration.date.month", "11"],
                ["declaration.date.year", "2026"],
                ["declaration.date", " "]
            ]),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "a whole beside parts",
            json!([
                ["declaration.date.day", "32"],
                ["declaration.date", "2026-11-20"],
                ["declaration.date.month", "11"]
            ]),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "more than a date in an object",
            json!({ "declaration": { "date": { "day": 20, "month": 11, "year": 2026, "era": "AD" } } }),
            "declaration.date",
            None,
            vec!["declaration.date.era"],
        ),
        (
            "a part in a list",
            json!({ "declaration": { "date": { "day": [null, 20], "month": 11, "year": 2026 } } }),
            "declaration.date",
            None,
            vec![],
        ),
        (
            "an object where text is expected",
            json!({ "organisation": { "name": { "first": "x" } } }),
            "organisation.name",
            Some("ORG-001"),
            vec!["organisation.name"],
        ),
        (
            "a text where an object is expected",
            json!({ "organisation": "x" }),
            "organisation.name",
            Some("ORG-001"),
            vec!["organisation"],
        ),
        (
            "a list where one answer is expected",
            json!({ "organisation": { "name": [" ", "The Name", "x"] } }),
            "organisation.name",
            None,
            vec![],
        ),
        (
            "a row that is no object",
            json!({ "ra": { "users": ["x", { "name": "A" }] } }),
            "ra.users[1].has_care_id",
            Some("RAU-018"),
            vec!["ra.users[0]"],
        ),
        (
            "rows that are no list",
            json!({ "ra": { "users": "x" } }),
            "ra.users[0].name",
            None,
            vec!["ra.users"],
        ),
        (
            "a question that is none",
            json!({ "ra": { "users": [{ "shoe_size": 9 }] }, "zoo": { "a": 1, "b": 2 } }),
            "ra.users[0].name",
            None,
            vec!["ra.users[0].shoe_size", "zoo"],
        ),
        (
            "name[]",
            json!([["pds.access_methods[]", "ncrs"], ["pds.access_methods[]", "pds_fhir"]]),
            "pds.access_methods",
            None,
            vec![],
        ),
        (
            "name[n]",
            json!([["pds.access_methods[1]", "ncrs"], ["pds.access_methods[0]", "fax"]]),
            "pds.access_methods",
            Some("PDS-001"),
            vec![],
        ),
        (
            "name[] of a question with one answer",
            json!([["organisation.name[]", "x"]]),
            "organisation.name",
            Some("ORG-001"),
            vec!["organisation.name[]"],
        ),
        (
            "an index with a leading zero",
            json!([["ra.users[01].name", "x"]]),
            "ra.users[1].name",
            None,
            vec!["ra.users[01].name"],
        ),
        (
            "an index of five digits",
            json!([["ra.users[10000].name", "x"]]),
            "ra.users[10000].name",
            None,
            vec!["ra.users[10000].name"],
        ),
        (
            "an index of four digits",
            json!([["ra.users[9999].email", "x"], ["ra.users[9999].position", "x"]]),
            "ra.users[9999].name",
            Some("RAU-017"),
            vec!["ra.users[9999].email"],
        ),
        (
            "names are compared exactly",
            json!([["Organisation.name", "x"]]),
            "organisation.name",
            Some("ORG-001"),
            vec!["Organisation.name"],
        ),
        (
            "ticked if any item is",
            json!([["declaration.agreed", "no"], ["declaration.agreed", "on"]]),
            "declaration.agreed",
            None,
            vec![],
        ),
        (
            "empty lists and objects",
            json!({ "ra": { "users": [] }, "pds": { "access_methods": [] }, "declaration": { "date": {} }, "legal": {} }),
            "pds.access_methods",
            Some("PDS-001"),
            vec![],
        ),
        (
            "null",
            json!({ "organisation": { "name": null }, "zoo": null }),
            "organisation.name",
            Some("ORG-001"),
            vec![],
        ),
        (
            "a number with a decimal part of zero",
            json!({ "pds": { "user_count": 24.0 } }),
            "pds.user_count",
            None,
            vec![],
        ),
        (
            "a file",
            json!([["organisation.name", {}]]),
            "organisation.name",
            Some("ORG-001"),
            vec!["organisation.name"],
        ),
    ] {
        let report = read(answers);
        assert_eq!(finding(&report, question), rule, "{name}");
        assert_eq!(report.unknown, unknown, "{name}");
    }
}

#[test]
fn answers_that_are_none_are_refused_without_being_repeated() {
    for (json, words) in [
        ("null", "answers: expected an object or a list of [name, value] pairs"),
        (
            "\"secret\"",
            "answers: expected an object or a list of [name, value] pairs",
        ),
        ("[\"secret\"]", "answers: expected [name, value] pairs"),
        ("[[\"secret\"]]", "answers: expected [name, value] pairs"),
        ("[[\"secret\", \"a\", \"b\"]]", "answers: expected [name, value] pairs"),
        ("[[null, \"secret\"]]", "answers: expected [name, value] pairs"),
    ] {
        assert_eq!(
            serde_json::from_str::<Answers>(json).unwrap_err().to_string(),
            words,
            "{json}"
        );
    }
}
