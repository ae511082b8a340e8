//! What is said of fields that a page asks besides ours, and of what it adds to ours? Onboarding.md 10.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod blessed;

use std::fmt::Write as _;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Fault, Form, Options, Report, check};
use serde_json::{Value, json};

const TODAY: &str = "2026-11-22";

fn options(mut more: Value) -> Options {
    more["today"] = json!(TODAY);
    serde_json::from_value(more).unwrap()
}

fn tried(form: Form, more: Value, answers: Value) -> Result<Report, Fault> {
    let context = Context::from_options(&options(more))?;
    check(form, &serde_json::from_value::<Answers>(answers).unwrap(), &context)
}

/// A report on the smallest form, whose only question is answered.
fn of(fields: Value, answers: Value) -> Report {
    with(json!({ "fields": fields }), answers)
}

fn with(more: Value, mut answers: Value) -> Report {
    match &mut answers {
        Value::Array(pairs) => pairs.push(json!(["organisation.ods_code", "A81001"])),
        nested => nested["organisation"] = json!({ "ods_code": "A81001" }),
    }
    tried(Form::OdsCode, more, answers).unwrap()
}

fn said(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings
        .map(|finding| format!("{} {}", finding.rule, finding.question))
        .collect()
}

fn words(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn a_field_is_asked_also_when_no_answer_came_and_its_name_is_known() {
    let fields = json!({ "site_manager": { "kind": "text", "required": true }, "colour": { "kind": "choice", "required": true } });
    let report = of(fields.clone(), json!([]));
    assert_eq!(said(&report), ["ANS-001 site_manager", "ANS-016 colour"]);
    assert_eq!(words(&report), ["Enter site manager", "Select colour"]);
    let report = of(
        fields,
        json!([["colour", "red"], ["site_manager", "A"], ["other", "x"]]),
    );
    assert_eq!(said(&report), [""; 0]);
    assert_eq!(report.unknown, ["other"]);
}

#[test]
fn rows_are_there_where_an_answer_came_and_all_of_one_row_comes_before_the_next() {
    let fields = json!({
        "sites[].name": { "kind": "text", "required": true },
        "sites[].ods_code": { "kind": "ods-code", "required": true, "label": "ODS code of the site" },
        "sites[2].ods_code": { "kind": "ods-code" },
        "last": { "kind": "text", "required": true },
    });
    let report = of(
        fields,
        json!([
            ["sites[7].name", ""],
            ["sites[2].name", ""],
            ["sites[0].ods_code", "LS14 6UH"]
        ]),
    );
    assert_eq!(
        said(&report),
        [
            "ANS-001 sites[0].name",
            "ODS-015 sites[0].ods_code",
            "ANS-001 sites[2].name",
            "ANS-001 sites[7].name",
            "ANS-001 sites[7].ods_code",
            "ANS-001 last"
        ]
    );
    assert_eq!(words(&report)[4], "Enter ODS code of the site");
}

#[test]
fn a_field_waits_for_another() {
    let fields = json!({
        "has_sites": { "kind": "yes-no" },
        "sites[].kind": { "kind": "choice", "when": { "field": "has_sites", "is": "Yes" } },
        "sites[].date": { "kind": "date", "required": true, "when": { "field": "sites[].kind", "is": ["new site", "moved"] }, "mustBe": "past" },
    });
    let answers = |has: &str, kind: &str| {
        of(
            fields.clone(),
            json!([
                ["has_sites", has],
                ["sites[0].kind", kind],
                ["sites[1].kind", "new-site"],
                ["sites[1].date.day", "22"],
                ["sites[1].date.month", "11"],
                ["sites[1].date.year", "2026"]
            ]),
        )
    };
    assert_eq!(
        said(&answers("y", "Moved")),
        ["ANS-001 sites[0].date", "ANS-005 sites[1].date"]
    );
    assert_eq!(said(&answers("y", "old")), ["ANS-005 sites[1].date"]);
    assert_eq!(said(&answers("no", "moved")), [""; 0]);
}

/// What is said of one question in the whole form, in which little else is answered.
fn said_of(question: &str, fields: Value, answers: Value) -> Vec<String> {
    let report = tried(
        Form::NcrsOnboarding,
        json!({ "fields": fields, "only": [question] }),
        answers,
    )
    .unwrap();
    report
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.rule, finding.message))
        .collect()
}

#[test]
fn what_the_host_says_of_a_question_of_ours_overrides_or_tightens_the_table() {
    assert_eq!(said_of("organisation.telephone", json!({}), json!([])), [""; 0]);
    let required = json!({ "organisation.telephone": { "required": true, "label": "Main phone" } });
    assert_eq!(
        said_of("organisation.telephone", required, json!([])),
        ["ANS-001 Enter main phone"]
    );
    let optional = json!({ "organisation.name": { "required": false } });
    assert_eq!(said_of("organisation.name", optional, json!([])), [""; 0]);
    let short = json!({ "organisation.name": { "maxCharacters": 3 } });
    let answers = json!([["organisation.name", "Four"]]);
    assert_eq!(
        said_of("organisation.name", short, answers),
        ["ANS-002 Organisation name must be 3 characters or fewer"]
    );
    let past = json!({ "declaration.date": { "mustBe": "past" } });
    assert_eq!(
        said_of("declaration.date", past.clone(), json!([["declaration.date", TODAY]])),
        ["ANS-005 Date of this declaration must be in the past"]
    );
    assert_eq!(
        said_of("declaration.date", past, json!([["declaration.date", "2026-11-23"]])),
        ["DEC-007 Date of this declaration must be today or in the past"],
        "another error says it"
    );
    let closed =
        json!({ "organisation.name": { "when": { "field": "journey.applicant_type", "is": "system_supplier" } } });
    assert_eq!(said_of("organisation.name", closed.clone(), json!([])), [""; 0]);
    assert_eq!(
        said_of(
            "organisation.name",
            closed,
            json!([["journey.applicant_type", "System supplier"]])
        )
        .len(),
        1
    );
}

#[test]
fn a_condition_may_read_what_comes_later_and_what_waits_itself() {
    // Each waits for the next, against the order of the form, and the last for a field of the host's own.
    let fields = json!({
        "organisation.name": { "required": true, "when": { "field": "organisation.town", "is": "leeds" } },
        "organisation.town": { "when": { "field": "declaration.name", "is": "Someone" } },
        "declaration.name": { "when": { "field": "signed", "is": ["yes", "later"] } },
        "signed": { "kind": "yes-no" },
    });
    let answers = |signed: &str, town: &str| {
        json!([
            ["signed", signed],
            ["organisation.town", town],
            ["declaration.name", "someone"]
        ])
    };
    let missing = ["ORG-001 Enter your organisation's name".to_owned()];
    let of = |signed: &str, town: &str| said_of("organisation.name", fields.clone(), answers(signed, town));
    assert_eq!(of("Y", "Leeds"), missing);
    assert_eq!(of("Y", "York"), [""; 0]);
    assert_eq!(of("no", "Leeds"), [""; 0]);
    assert_eq!(
        of("later", "Leeds"),
        [""; 0],
        "what cannot be read is never one of the texts"
    );
}

#[test]
fn a_question_of_ours_waits_in_each_row_for_itself() {
    let fields = json!({
        "ra.users[].uuid": { "required": true, "when": { "field": "ra.users[].new_starter", "is": "no" } },
        "ra.users[].new_starter": { "kind": "yes-no", "required": true },
        "ra.users[4].role_code": { "required": true, "label": "role of the lead" },
    });
    let answers = json!([
        ["access.authenticators", "smartcard"],
        ["ra.users[0].name", "A"],
        ["ra.users[0].new_starter", "yes"],
        ["ra.users[2].name", "B"],
        ["ra.users[2].new_starter", "no"],
        ["ra.users[4].name", "C"],
        ["ra.users[7].new_starter", ""],
    ]);
    let only = ["ra.users[].uuid", "ra.users[].role_code", "ra.users[].new_starter"];
    let report = tried(Form::NcrsOnboarding, json!({ "fields": fields, "only": only }), answers).unwrap();
    // Rows of a list of ours are there when something is filled in, also for the host's own fields in them.
    assert_eq!(
        said(&report),
        [
            "RAU-007 ra.users[2].uuid",
            "ANS-001 ra.users[4].role_code",
            "ANS-016 ra.users[4].new_starter"
        ]
    );
    assert_eq!(words(&report)[1], "Enter role of the lead");
}

#[test]
fn one_row_has_its_own_key_and_it_beats_the_key_for_all() {
    let fields = json!({
        "sites[].name": { "kind": "text", "required": true },
        "sites[1].name": { "kind": "whole-number", "label": "Beds" },
        "sites[5].name": { "kind": "text", "required": true, "label": "Sixth site" },
    });
    let report = of(fields, json!([["sites[0].name", ""], ["sites[1].name", "x"]]));
    // A field that is given by its row is asked, also when no answer came.
    assert_eq!(
        said(&report),
        [
            "ANS-001 sites[0].name",
            "ANS-009 sites[1].name",
            "ANS-001 sites[5].name"
        ]
    );
    assert_eq!(
        words(&report),
        ["Enter name", "Beds must be a whole number", "Enter sixth site"]
    );
}

#[test]
fn some_fields_are_judged_as_they_are_among_all() {
    let fields = json!({ "a": { "kind": "text", "required": true }, "s[].b": { "kind": "text", "required": true } });
    let answers = json!([["s[0].b", ""], ["s[3].b", ""]]);
    let only = |names: Value| said(&with(json!({ "fields": fields, "only": names }), answers.clone()));
    assert_eq!(only(json!(["a"])), ["ANS-001 a"]);
    assert_eq!(only(json!(["s[].b"])), ["ANS-001 s[0].b", "ANS-001 s[3].b"]);
    assert_eq!(only(json!(["s[3].b", "organisation.ods_code"])), ["ANS-001 s[3].b"]);
    assert_eq!(only(json!([])), [""; 0]);
    let asked = with(
        json!({ "fields": fields, "asked": ["organisation.ods_code", "a"] }),
        answers,
    );
    assert_eq!(said(&asked).len(), 3, "a field that is given is asked");
}

#[test]
fn a_host_words_a_rule_for_its_fields_for_one_of_them_and_for_one_row() {
    let fields = json!({ "a": { "kind": "text", "required": true }, "s[].b": { "kind": "text", "required": true, "label": "B" } });
    let messages = json!({ "ANS-001": "Say {label}", "ANS-001@s[].b": "Tell {label}", "ANS-001@s[3].b": "Name it" });
    let report = with(
        json!({ "fields": fields, "messages": messages }),
        json!([["s[0].b", ""], ["s[3].b", ""]]),
    );
    assert_eq!(words(&report), ["Say a", "Tell b", "Name it"]);
}

#[test]
fn the_profile_sets_how_much_a_rule_matters_on_any_field() {
    let fields = json!({ "a": { "kind": "text", "required": true }, "b": { "kind": "date" } });
    let profile = json!({ "rules": { "ANS-001": "off", "ANS-004": "warning" } });
    let report = with(json!({ "fields": fields, "profile": profile }), json!([["b", "soon"]]));
    assert_eq!(said(&report), ["ANS-004 b"]);
    assert_eq!(serde_json::to_value(report.outcome).unwrap(), "accept");
}

#[test]
fn a_field_may_have_the_name_of_a_question_that_only_other_forms_have() {
    let own = json!({ "dspt.ods_code": { "kind": "dspt-code", "required": true } });
    let more = json!({ "fields": own, "only": ["dspt.ods_code"], "messages": { "ANS-001@dspt.ods_code": "Which?" } });
    let report = with(more, json!([]));
    assert_eq!(words(&report), ["Which?"]);
}

#[test]
fn answers_of_any_shape_are_read_and_what_does_not_fit_is_blank_and_listed() {
    let fields = json!({
        "text": { "kind": "text", "required": true },
        "day": { "kind": "date" },
        "many": { "kind": "choices", "exclusive": "none" },
        "s[].b": { "kind": "text", "required": true },
    });
    let report = |answers: Value| {
        let report = of(fields.clone(), answers);
        (said(&report), report.unknown)
    };
    let nothing = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    assert_eq!(
        report(
            json!({ "text": ["", "x"], "day": { "day": 1, "month": 2, "year": 2020 }, "many": [], "s": [{ "b": true }] })
        ),
        (vec![], vec![])
    );
    assert_eq!(
        report(
            json!({ "text": { "x": 1 }, "day": { "day": 1, "era": 2 }, "many": ["none", "a"], "s": [{}, { "c": 1 }, "x"] })
        ),
        (
            nothing(&["ANS-001 text", "ANS-003 day", "ANS-015 many", "ANS-001 s[0].b"]),
            nothing(&["day.era", "s[1].c", "s[2]", "text"])
        )
    );
    assert_eq!(
        report(json!([
            ["text[]", "x"],
            ["many[]", "none"],
            ["many[1]", "a"],
            ["day.era", "x"],
            ["s[].b", "x"],
            ["s", "x"]
        ])),
        (
            nothing(&["ANS-001 text", "ANS-015 many"]),
            nothing(&["day.era", "s", "s[].b", "text[]"])
        )
    );
}

#[test]
fn words_of_the_host_stand_in_a_welsh_report_too() {
    let more = json!({ "fields": { "a": { "kind": "text", "required": true, "label": "Enw" } }, "language": "cy" });
    let report = with(more, json!([]));
    assert!(words(&report)[0].ends_with(" enw"), "{:?}", words(&report));
}

#[test]
fn a_suggestion_is_given_only_when_it_is_asked_for() {
    let more = |suggestions: bool| json!({ "fields": { "code": { "kind": "ods-code" } }, "suggestions": suggestions });
    let answers = json!([["code", "\u{410}81001"]]);
    let given = |suggestions: bool| with(more(suggestions), answers.clone()).findings[0].suggestion.clone();
    assert_eq!(given(false), None);
    assert_eq!(given(true).as_deref(), Some("A81001"));
}

#[test]
fn every_mistake_of_a_host_is_a_fault_that_says_what_was_expected_and_what_was_found() {
    let fields = |json: Value| json!({ "fields": json });
    let text = json!({ "kind": "text" });
    let when = |field: &str| json!({ "kind": "text", "when": { "field": field, "is": "x" } });
    let cases = [
        fields(json!({ "": text })),
        fields(json!({ "a": {} })),
        fields(json!({ "organisation.name": {} })),
        fields(json!({ "a": { "kind": "number" } })),
        fields(json!({ "a": { "kind": "text", "label": " " } })),
        fields(json!({ "a": { "kind": "text", "maxCharacters": 0 } })),
        fields(json!({ "a": { "kind": "choice", "maxCharacters": 10 } })),
        fields(json!({ "a": { "kind": "text", "mustBe": "past" } })),
        fields(json!({ "a": { "kind": "date", "mustBe": "today" } })),
        fields(json!({ "a": { "kind": "date", "min": 1 } })),
        fields(json!({ "a": { "kind": "text", "max": 1 } })),
        fields(json!({ "a": { "kind": "whole-number", "min": 3, "max": 2 } })),
        fields(json!({ "a": { "kind": "choice", "exclusive": "none" } })),
        fields(json!({ "a": { "kind": "choices", "exclusive": "" } })),
        fields(json!({ "a": { "kind": "yes-no", "options": ["yes"] } })),
        fields(json!({ "a": { "kind": "choice", "options": ["x", " "] } })),
        fields(json!({ "organisation.ods_code": { "options": ["x"] } })),
        fields(json!({ "organisation.ods_code": { "mustBe": "past" } })),
        fields(json!({ "a": when("b") })),
        fields(json!({ "a": when("organisation.name") })),
        fields(json!({ "a": when("a") })),
        fields(json!({ "a": when("") })),
        fields(json!({ "a": when("b"), "b": when("c"), "c": when("b") })),
        fields(json!({ "organisation.ods_code": when("b"), "b": when("organisation.ods_code") })),
        fields(json!({ "a": when("s[].b"), "s[].b": text })),
        fields(json!({ "t[].a": when("s[].b"), "s[].b": text })),
        fields(json!({ "a": when("s[1].b"), "s[0].b": text })),
        fields(json!({ "s[].a": when("s[].b"), "s[].b": text, "s[3].b": when("s[].a") })),
        fields(json!({ "a": { "kind": "text", "when": { "field": "b", "is": [] } }, "b": text })),
        json!({ "fields": { "a": text }, "only": ["b"] }),
        json!({ "fields": { "a": text }, "asked": ["b"] }),
        json!({ "fields": { "a": text }, "messages": { "ANS-001@b": "x" } }),
        json!({ "fields": { "a": text }, "messages": { "ORG-001@a": "x" } }),
        json!({ "fields": { "a": text }, "messages": { "ANS-001@a": "{max}" } }),
    ];
    let mut made = "How each mistake of a host about fields reads. Made by tests/fields.rs.\n".to_owned();
    for options in cases {
        let fault = tried(Form::OdsCode, options.clone(), json!([]))
            .err()
            .unwrap_or_else(|| panic!("{options} is no fault"));
        write!(made, "\n{options}\n    {fault}\n").unwrap();
    }
    blessed::compare("tests/golden/field-faults.txt", "fields", &made);
    // Two chains that only look like a circle: the row that closes it has a key of its own.
    let open = fields(json!({
        "s[].a": when("s[].b"), "s[0].a": text, "s[].b": text, "s[0].b": when("s[].a"), "s[1].b": when("s[0].a"),
    }));
    assert_eq!(tried(Form::OdsCode, open, json!([])).err(), None);
}

#[test]
fn a_yes_or_no_that_is_missing_is_asked_for_in_a_whole_sentence() {
    for (question, applicant, words) in [
        (
            "organisation.publicly_funded",
            "end_user_organisation",
            "Select if your organisation receives public funding for care",
        ),
        (
            "organisation.part_of_larger_organisation",
            "end_user_organisation",
            "Select if your organisation is part of a larger organisation",
        ),
        (
            "pds.onward_sharing",
            "end_user_organisation",
            "Select if you will share PDS data with anyone else",
        ),
        (
            "scr.emergency_access",
            "end_user_organisation",
            "Select if staff will need emergency access",
        ),
        (
            "supplier.scal_requested",
            "system_supplier",
            "Select if you have asked for a supplier conformance assessment list (SCAL)",
        ),
    ] {
        let mut fields = json!({});
        fields[question] = json!({ "required": true });
        let answers = json!([["journey.applicant_type", applicant], ["scr.wanted", "yes"]]);
        assert_eq!(said_of(question, fields, answers), [format!("ANS-016 {words}")]);
    }
}

#[test]
fn a_condition_on_a_question_that_the_page_does_not_have_counts_as_true() {
    let report = |asked: Value, kind: &str| {
        let more = json!({
            "asked": asked,
            "fields": { "beds": { "kind": "whole-number", "required": true, "when": { "field": "organisation.type", "is": "hospice" } } },
        });
        let answers = json!([["organisation.ods_code", "A81001"], ["organisation.type", kind]]);
        said(&tried(Form::PdsAccess, more, answers).unwrap())
            .into_iter()
            .filter(|finding| finding.ends_with(" beds"))
            .collect::<Vec<_>>()
    };
    assert_eq!(report(json!(["organisation.ods_code"]), ""), ["ANS-001 beds"]);
    assert_eq!(
        report(json!(["organisation.ods_code", "organisation.type"]), "hospice"),
        ["ANS-001 beds"]
    );
    // A hair away: the page has it, and it is another answer, or none.
    for kind in ["gp_practice", ""] {
        assert!(report(json!(["organisation.ods_code", "organisation.type"]), kind).is_empty());
    }
}

#[test]
fn an_added_option_that_counts_as_the_exclusive_one_stands_alone_too() {
    let report = |counts_as: Value| {
        let mut portal = json!({ "value": "portal", "label": "Portal" });
        portal["counts_as"] = counts_as;
        let more = json!({
            "only": ["pds.access_methods"],
            "fields": { "pds.access_methods": { "exclusive": "ncrs" } },
            "profile": { "options": { "pds.access_methods": { "add": [portal] } } },
        });
        let answers = json!([["pds.access_methods", "portal"], ["pds.access_methods", "pds_fhir"]]);
        said(&tried(Form::NcrsOnboarding, more, answers).unwrap())
    };
    assert!(report(json!("ncrs")).contains(&"ANS-015 pds.access_methods".to_owned()));
    assert!(!report(json!("pds_fhir")).contains(&"ANS-015 pds.access_methods".to_owned()));
}
