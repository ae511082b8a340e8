//! The reports of all worked forms, byte for byte: what every other host of the rules must say too.
//!
//! `tests/golden/reports.json` holds calls and the JSON that serde writes for them; `tests/vectors/reports-equal.mjs` makes
//! the same calls through the package.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod blessed;

use std::fs;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Form, Options, check};
use serde_json::{Value, json};

fn called(form: &str, answers: &Value, options: &Value) -> Value {
    let parsed: Form = form.parse().unwrap();
    let read: Answers = serde_json::from_value(answers.clone()).unwrap();
    let said: Options = serde_json::from_value(options.clone()).unwrap();
    let report = check(parsed, &read, &Context::from_options(&said).unwrap()).unwrap();
    let told = serde_json::to_string(&report).unwrap();
    json!({ "form": form, "answers": answers, "options": options, "report": told })
}

#[test]
fn the_report_of_every_worked_form_is_what_it_was() {
    let mut calls = Vec::new();
    let mut files: Vec<_> = fs::read_dir("tests/submissions")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"))
    {
        let case: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let form = case["form"].as_str().unwrap_or("ncrs-onboarding");
        for options in [
            json!({ "today": case["as_of"] }),
            json!({ "today": case["as_of"], "language": "cy", "suggestions": true, "policy": "dars" }),
            json!({
                "today": case["as_of"],
                "only": ["organisation.ods_code", "legal.purpose", "declaration.date"],
                "profile": {
                    "id": "a service's own \u{1F}",
                    "drop": ["ra.notes"],
                    "required": { "organisation.town": true },
                    "labels": { "organisation.town": "Town" },
                    "rules": { "ORG-015": "off" },
                    "options": { "legal.purpose": { "add": [{ "value": "audit", "label": "Audit", "counts_as": "other" }], "drop": ["research"] } }
                },
                "messages": { "DEC-005": "Enter the day", "ODS-042@organisation.ods_code": "Look at the code again" },
                "lists": [{ "list": "scr_approved_settings", "value": "dentistry", "label": "Dentistry", "basis": "inferred", "source": "-" }]
            }),
        ] {
            calls.push(called(form, &case["submission"], &options));
        }
    }
    let table = fs::read_to_string("tests/dspt/cases.tsv").unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let columns: Value = serde_json::from_str(&fs::read_to_string("tests/dspt/columns.json").unwrap()).unwrap();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| cells[header.iter().position(|column| *column == name).unwrap()];
        let pairs: Vec<Value> = columns
            .as_object()
            .unwrap()
            .iter()
            .map(|(column, question)| json!([question, cell(column)]))
            .collect();
        let options = json!({ "today": cell("check_date"), "policy": cell("policy") });
        calls.push(called("dspt-declaration", &json!(pairs), &options));
    }
    // A host that opens a year and moves a policy by rows of its own.
    let answers = json!({
        "organisation": { "ods_code": "8QQ01" },
        "dspt": { "published": "yes", "ods_code": "8QQ01", "published_by": "own", "edition": "2027-28",
                  "status": "27/28 Approaching Standards", "published_date": "2027-10-01", "category": "3" }
    });
    let options = json!({
        "today": "2027-11-01",
        "policy": "ours",
        "calendar": [{ "edition": "2027-28", "version": "10", "label": "27/28", "opens": "2027-09-01", "deadline": "2028-06-30",
                       "in_force_until": "2029-06-30", "confirmed": "no" }],
        "policies": [{ "policy": "ours", "accepted": "met", "review": "approaching", "rejected": "not_met", "plan_details_needed": "yes",
                       "previous_edition_max_age_months": "12", "basis": "inferred" }]
    });
    calls.push(called("dspt-declaration", &answers, &options));
    // A host that asks more than we do, and more of ours.
    let fields = json!({
        "site_manager": { "kind": "text", "label": "Site manager \u{1E}", "required": true, "maxCharacters": 5 },
        "organisation.town": { "required": true, "label": "Town", "maxCharacters": 4 },
        "declaration.date": { "mustBe": "past" },
        "pds.user_count": { "min": 1, "max": 10 },
        "pds.access_methods": { "exclusive": "ncrs", "exclusiveLabel": "NCRS" },
        "sites[].ods_code": { "kind": "ods-code", "required": true },
        "sites[].opened": { "kind": "date", "mustBe": "past", "when": { "field": "sites[].new", "is": ["yes"] } },
        "sites[].new": { "kind": "yes-no" },
        "sites[1].new": { "kind": "choice", "options": ["yes", "no", "don't know"], "label": "Is it new?", "required": false },
        "systems": { "kind": "choices", "exclusive": "none", "options": ["a", "b", "none"], "required": true },
        "agreed": { "kind": "confirm", "required": true, "when": { "field": "legal.purpose", "is": "direct care" } },
        "why": { "kind": "long-text" },
        "mail": { "kind": "email" }
    });
    let pairs = json!([
        ["legal.purpose", "direct_care"],
        ["organisation.town", "Leeds"],
        ["declaration.date", "2026-11-22"],
        ["pds.user_count", "12"],
        ["pds.access_methods", "ncrs"],
        ["pds.access_methods", "pds_fhir"],
        ["site_manager", "Someone"],
        ["sites[2].ods_code", ""],
        ["sites[0].ods_code", "LS14 6UH"],
        ["sites[0].new", "y"],
        ["sites[0].opened.day", "31"],
        ["sites[0].opened.month", "6"],
        ["sites[0].opened.year", "2020"],
        ["sites[1].new", "perhaps"],
        ["sites[1].opened", "2027-01-01"],
        ["systems[]", "a"],
        ["systems[]", "None"],
        ["why", "943 476 5919"],
        ["mail", "someone@gmail.com@"],
        ["sites[0].other", "x"],
        ["sites[1].opened.hour", "3"]
    ]);
    let nested = json!({
        "organisation": { "ods_code": "A81001" },
        "sites": [{ "ods_code": "\u{410}81001", "new": true, "opened": { "day": 1, "year": "2020" } }, {}, { "size": 3 }],
        "systems": ["c"], "agreed": false, "site_manager": { "name": "x" }, "mail": null, "why": []
    });
    for more in [
        json!({}),
        json!({ "language": "cy", "suggestions": true, "messages": { "ANS-001@sites[].ods_code": "Which site?" } }),
        json!({ "only": ["sites[0].opened", "sites[].new", "organisation.town"], "profile": { "rules": { "ANS-014": "warning" } } }),
    ] {
        let mut options = more.clone();
        options["today"] = json!("2026-11-22");
        options["fields"] = fields.clone();
        calls.push(called("ncrs-onboarding", &pairs, &options));
        calls.push(called("ncrs-onboarding", &nested, &options));
    }
    assert_eq!(calls.len(), 15 * 3 + 77 + 1 + 6);
    let written: Vec<String> = calls.iter().map(|call| serde_json::to_string(call).unwrap()).collect();
    blessed::compare(
        "tests/golden/reports.json",
        "reports",
        &format!("[\n{}\n]\n", written.join(",\n")),
    );
}
