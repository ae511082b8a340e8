//! How far can a host bend the form to its own, without Rust? Options as they arrive from JavaScript, and every fault.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod blessed;

use std::fmt::Write;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Fault, Form, Options, Outcome, Report, check};
use serde_json::{Map, Value, json};

/// The complete application of the worked submissions, with some answers changed. An empty text takes one away.
fn answers(changes: &[(&str, &str)]) -> Answers {
    let text = std::fs::read_to_string("tests/rules/bases.toml").unwrap();
    let bases: toml::Table = text.parse().unwrap();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, answer) in bases["end_user"].as_table().unwrap() {
        if changes.iter().any(|(changed, _)| changed == name) {
            continue;
        }
        let items = answer.as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
        pairs.extend(
            items
                .iter()
                .map(|item| (name.clone(), item.as_str().unwrap().to_owned())),
        );
    }
    pairs.extend(
        changes
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned())),
    );
    Answers::from_pairs(pairs)
}

fn options(json: Value) -> Options {
    let mut whole = json!({ "today": "2026-11-22" });
    whole.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

fn judged(json: Value, changes: &[(&str, &str)]) -> Report {
    let context = Context::from_options(&options(json)).unwrap();
    check(Form::NcrsOnboarding, &answers(changes), &context).unwrap()
}

fn told(report: &Report) -> Vec<(&str, &str)> {
    let told = report.findings.iter();
    told.map(|finding| (finding.rule, finding.question.as_str())).collect()
}

fn ids(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule).collect()
}

fn message<'a>(report: &'a Report, rule: &str) -> &'a str {
    let finding = report.findings.iter().find(|finding| finding.rule == rule);
    finding.map_or_else(
        || panic!("{rule} is not told: {:?}", told(report)),
        |finding| &finding.message,
    )
}

fn section<'a>(report: &'a Report, id: &str) -> &'a ncrs_form_check::Section {
    report.sections.iter().find(|section| section.id == id).unwrap()
}

#[test]
fn a_section_that_the_form_does_not_have_is_silent_and_so_is_what_reads_it() {
    let wales = [("organisation.country", "wales"), ("scr.care_setting", "")];
    assert_eq!(ids(&judged(json!({}), &wales)), ["SCR-014", "SCR-002"]);
    let report = judged(json!({ "profile": { "id": "no-scr", "drop": ["scr"] } }), &wales);
    assert_eq!(told(&report), []);
    assert_eq!(report.profile.as_deref(), Some("no-scr"));
    let scr = serde_json::to_value(section(&report, "scr")).unwrap();
    assert_eq!(
        scr,
        json!({ "id": "scr", "title": "Summary Care Records", "status": "not_needed", "needed": 0, "answered": 0, "missing": [] })
    );
}

#[test]
fn a_question_that_the_form_does_not_have_leaves_the_others_as_they_are() {
    let blank = [("contacts.dpo.name", ""), ("contacts.dpo.email", "")];
    assert_eq!(ids(&judged(json!({}), &blank)), ["CON-010", "CON-011"]);
    let report = judged(json!({ "profile": { "drop": ["contacts.dpo.name"] } }), &blank);
    assert_eq!(ids(&report), ["CON-011"]);
    assert_eq!(section(&report, "contacts").missing, ["contacts.dpo.email"]);
}

#[test]
fn what_applied_because_of_a_dropped_question_applies_and_is_not_required() {
    let drop = json!({ "profile": { "drop": ["access.authenticators"] } });
    let old = judged(
        drop.clone(),
        &[("access.windows_version", "7"), ("access.ipados_version", "")],
    );
    assert_eq!(
        ids(&old),
        ["ACC-008"],
        "a wrong answer is wrong, a missing one is not missed"
    );
    assert_eq!(ids(&judged(drop, &[("access.windows_version", "")])), [""; 0]);
}

#[test]
fn what_is_required_because_of_a_dropped_question_is_not_required() {
    // Of a declaration without names the first is missed, unless the form does not ask what decides that (4.3).
    let published = Answers::from_pairs([("dspt.published", "yes"), ("dspt.category", "3")]);
    let missed = |options_of_host: Value| {
        let context = Context::from_options(&options(options_of_host)).unwrap();
        let report = check(Form::DsptDeclaration, &published, &context).unwrap();
        let missing = &section(&report, "roles").missing;
        assert_eq!(ids(&report).contains(&"DSPT-060"), !missing.is_empty());
        missing.clone()
    };
    assert_eq!(missed(json!({})), ["dspt.siro_name"]);
    assert_eq!(missed(json!({ "profile": { "drop": ["dspt.category"] } })), [""; 0]);
}

#[test]
fn a_form_may_insist_where_we_do_not() {
    let required = |name: &str| json!({ "profile": { "required": { name: true } } });
    for (question, rule, words) in [
        ("organisation.telephone", "ANS-001", "Enter phone number"),
        ("access.browser", "ANS-016", "Select browser"),
        ("ra.notes", "ANS-001", "Enter notes for the Registration Authority"),
        ("ra.users[].position", "RAU-010", "Enter a position or a role code"),
        ("organisation.cqc_provider_id", "ORG-013", "Enter your CQC provider ID"),
    ] {
        let one = question.replace("[]", "[0]");
        let report = judged(required(question), &[(&one, "")]);
        assert_eq!(message(&report, rule), words);
        assert!(
            report.sections.iter().any(|section| section.missing.contains(&one)),
            "{question}"
        );
        assert_eq!(report.outcome, Outcome::Reject);
    }
    let answered = judged(required("access.browser"), &[("access.browser", "safari")]);
    assert_eq!((told(&answered), answered.outcome), (vec![], Outcome::Accept));
}

#[test]
fn a_form_may_be_content_where_we_insist() {
    let content = |name: &str| json!({ "profile": { "required": { name: false } } });
    for (question, rule) in [
        ("organisation.name", "ORG-001"),
        ("pds.user_count", "PDS-013"),
        ("declaration.agreed", "DEC-001"),
        ("access.windows_version", "ACC-008"),
        ("organisation.type", "ORG-003"),
    ] {
        assert_eq!(ids(&judged(json!({}), &[(question, "")])), [rule]);
        let report = judged(content(question), &[(question, "")]);
        assert_eq!(told(&report), [], "{question}");
        assert_eq!(report.progress.answered, report.progress.needed);
    }
    let wrong = judged(content("pds.user_count"), &[("pds.user_count", "none")]);
    assert_eq!(ids(&wrong), ["PDS-013"], "a wrong answer stays wrong");
    let unreadable = judged(content("organisation.type"), &[("organisation.type", "clinic")]);
    assert_eq!(ids(&unreadable), ["ANS-014"], "onboarding.md 5.4");
}

#[test]
fn an_approved_care_setting_is_added_and_taken_out_without_rust() {
    let home = [("scr.care_setting", "Care home"), ("scr.new_interest_submitted", "no")];
    assert_eq!(ids(&judged(json!({}), &home)), ["SCR-003"]);
    let row = |value: &str, removed: &str| json!({ "list": "scr_approved_settings", "value": value, "label": "x", "basis": "documented", "source": "-", "removed": removed });
    assert_eq!(
        ids(&judged(json!({ "lists": [row("care_home", "no")] }), &home)),
        [""; 0]
    );
    assert_eq!(ids(&judged(json!({ "lists": [row("Care home", "")] }), &home)), [""; 0]);
    let own = [
        ("scr.care_setting", "Hospital at home"),
        ("scr.new_interest_submitted", "no"),
    ];
    assert_eq!(
        ids(&judged(json!({ "lists": [row("hospital_at_home", "no")] }), &own)),
        [""; 0]
    );
    let removed = json!({ "lists": [row("accident_and_emergency", "yes")] });
    assert_eq!(ids(&judged(removed, &[])), ["SCR-003"]);
    let both = json!({ "lists": [row("care_home", "no"), row("care_home", "yes")] });
    assert_eq!(ids(&judged(both, &home)), ["SCR-003"], "the last row of a value counts");
}

#[test]
fn a_kind_of_organisation_and_a_mail_provider_can_be_listed() {
    let listed = json!({ "lists": [{ "list": "non_nhs_types", "value": "dental_practice" }] });
    let dentist = [
        ("organisation.type", "dental_practice"),
        ("organisation.ods_code", "V00123"),
        ("dspt.ods_code", "V00123"),
    ];
    assert!(!ids(&judged(json!({}), &dentist)).contains(&"PDS-022"));
    assert!(ids(&judged(listed, &dentist)).contains(&"PDS-022"));
    let listed = json!({ "lists": [{ "list": "personal_mail_domains", "value": " Proton.ME" }] });
    assert_eq!(
        ids(&judged(listed, &[("contacts.dpo.email", "dpo@proton.me")])),
        ["GRD-003"]
    );
}

#[test]
fn an_added_option_counts_as_one_of_ours_everywhere() {
    let added = json!({ "profile": { "options": {
        "organisation.type": { "add": [{ "value": "nursing-home", "label": "Nursing home", "counts_as": "care_home" }] },
        "pds.access_methods": { "add": [{ "value": "portal", "label": "The portal", "counts_as": "ncrs" }], "drop": ["ncrs"] },
    } } });
    let changes = [("organisation.type", "Nursing home"), ("pds.access_methods", "portal")];
    let report = judged(added.clone(), &changes);
    let as_ours = judged(json!({}), &[("organisation.type", "care_home")]);
    assert_eq!(told(&report), told(&as_ours));
    assert!(
        ids(&report).contains(&"ORG-013") && ids(&report).contains(&"PDS-022"),
        "{:?}",
        ids(&report)
    );
    assert_eq!(
        ids(&judged(added, &[("pds.access_methods", "ncrs")])),
        ["PDS-001"],
        "ours was dropped"
    );
}

#[test]
fn an_added_option_that_counts_as_none_of_ours_is_readable_and_meets_no_condition() {
    let added = json!({ "profile": { "options": {
        "organisation.country": { "add": [{ "value": "jersey", "label": "Jersey" }] },
        "pds.access_methods": { "add": [{ "value": "fax", "label": "Fax" }] },
    } } });
    assert_eq!(
        ids(&judged(added.clone(), &[("organisation.country", "jersey")])),
        [""; 0]
    );
    let context = Context::from_options(&options(added)).unwrap();
    let only_fhir = answers(&[("pds.access_methods", "pds_fhir")]);
    let also_fax = answers(&[("pds.access_methods", "pds_fhir"), ("pds.access_methods", "fax")]);
    let stops = |answers| {
        let report = check(Form::PdsAccess, answers, &context).unwrap();
        report.findings.iter().any(|finding| finding.rule == "PDS-026")
    };
    assert!(stops(&only_fhir));
    assert!(!stops(&also_fax), "another method was chosen too");
}

#[test]
fn a_dropped_option_is_unreadable() {
    let drop = |name: &str, value: &str| json!({ "profile": { "options": { name: { "drop": [value] } } } });
    let report = judged(drop("organisation.country", "england"), &[]);
    assert_eq!(ids(&report), ["ORG-004"]);
    let report = judged(drop("access.authenticators", "windows_hello"), &[]);
    assert_eq!(told(&report), [("ACC-003", "access.authenticators")]);
    let report = judged(drop("scr.care_setting", "accident_and_emergency"), &[]);
    assert_eq!(ids(&report), ["SCR-003"], "it is no approved setting of this form");
    let report = judged(
        drop("dspt.status", "standards_met"),
        &[("dspt.status", "Standards Met")],
    );
    assert_eq!(ids(&report), ["DSPT-011"]);
}

#[test]
fn a_host_words_a_rule_and_words_it_again_for_one_question() {
    let messages = json!({ "messages": {
        "CON-004": "Check this address",
        "CON-004@contacts.dpo.email": "Check your data protection officer's address",
        "ANS-002": "{Label} is longer than {max}",
    } });
    let long = "a".repeat(256);
    let changes = [
        ("contacts.applicant.email", "bad"),
        ("contacts.dpo.email", "bad"),
        ("organisation.town", long.as_str()),
    ];
    let report = judged(messages, &changes);
    let words: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        words,
        [
            "Town or city is longer than 255",
            "Check this address",
            "Check your data protection officer's address"
        ]
    );
    let params = serde_json::to_value(&report.findings[0].params).unwrap();
    assert_eq!(params, json!({ "Label": "Town or city", "max": 255 }));
}

#[test]
fn a_host_names_a_question_in_its_own_words() {
    let labels = |label: &str| json!({ "profile": { "labels": { "access.browser": label }, "required": { "access.browser": true } } });
    let blank = [("access.browser", "")];
    assert_eq!(
        message(&judged(labels("Which program"), &blank), "ANS-016"),
        "Select which program"
    );
    assert_eq!(
        message(&judged(labels("PC program"), &blank), "ANS-016"),
        "Select PC program"
    );
    assert_eq!(
        message(&judged(labels("B2B program"), &blank), "ANS-016"),
        "Select B2B program"
    );
    let long = "a".repeat(256);
    let report = judged(
        json!({ "profile": { "labels": { "organisation.town": "your town" } } }),
        &[("organisation.town", &long)],
    );
    assert_eq!(message(&report, "ANS-002"), "Your town must be 255 characters or fewer");
}

#[test]
fn a_rule_is_switched_off_made_a_warning_or_made_an_error() {
    let set = |rule: &str, setting: &str| json!({ "profile": { "rules": { rule: setting } } });
    let bad = [("organisation.telephone", "bad")];
    let report = judged(json!({}), &bad);
    assert_eq!((ids(&report), report.outcome), (vec!["ORG-009"], Outcome::Reject));
    let report = judged(set("ORG-009", "off"), &bad);
    assert_eq!((ids(&report), report.outcome), (vec![], Outcome::Accept));
    let report = judged(set("ORG-009", "warning"), &bad);
    assert_eq!((ids(&report), report.outcome), (vec!["ORG-009"], Outcome::Accept));
    assert_eq!(
        report.progress.answered, report.progress.needed,
        "a warning never counts"
    );
    let report = judged(set("CON-007", "error"), &[("contacts.authoriser.role", "other")]);
    assert_eq!((ids(&report), report.outcome), (vec!["CON-007"], Outcome::Reject));
    assert!(report.progress.answered < report.progress.needed);
    let report = judged(set("SCR-014", "off"), &[("organisation.country", "wales")]);
    assert_eq!((ids(&report), report.outcome), (vec![], Outcome::Accept));
    let older = [
        ("legal.confidentiality_basis", "section_251"),
        ("legal.cag_reference", "PIAG 4-05(h)/2006"),
    ];
    let report = judged(set("LEG-015", "off"), &older);
    assert_eq!(
        (ids(&report), report.outcome),
        (vec![], Outcome::Accept),
        "without the note an older reference is no error either"
    );
    let report = judged(set("ORG-001", "off"), &[("organisation.name", "")]);
    assert_eq!(
        ids(&report),
        [""; 0],
        "ANS-001 does not step in for a rule that the host does not want"
    );
    assert_eq!(section(&report, "organisation").missing, ["organisation.name"]);
}

#[test]
fn a_profile_may_speak_of_questions_and_sections_that_only_other_forms_have() {
    let profile = json!({ "profile": { "drop": ["scr", "roles"], "required": { "dspt.version": true }, "rules": { "DSPT-052": "off" } } });
    let context = Context::from_options(&options(profile)).unwrap();
    for form in Form::ALL {
        assert!(check(form, &answers(&[]), &context).is_ok(), "{}", form.id());
    }
}

#[test]
fn no_sentence_is_in_two_languages() {
    let changes = [
        ("ra.users[0].start_date.year", "2026"),
        ("dspt.status", "standards_not_met"),
    ];
    let english = judged(json!({ "language": "en" }), &changes);
    let welsh = judged(json!({ "language": "cy" }), &changes);
    assert_eq!(welsh.language, "cy");
    assert_eq!(
        message(&english, "ANS-003"),
        "Start date must include a day and a month"
    );
    assert_eq!(
        welsh.findings, english.findings,
        "no qualified translator has supplied these yet"
    );
    let own = json!({ "language": "cy", "messages": { "ANS-003": "{Label}: {parts}" } });
    assert_eq!(
        message(&judged(own, &changes), "ANS-003"),
        "Start date: diwrnod a mis",
        "a host words its own page"
    );
}

#[test]
fn some_questions_are_judged_as_they_are_in_the_whole() {
    let only = |names: &[&str]| json!({ "only": names });
    let gone = [
        ("scr.wanted", "no"),
        ("scr.privacy_officers[0].name", ""),
        ("scr.privacy_officers[0].email", ""),
    ];
    assert_eq!(
        ids(&judged(only(&["scr.wanted"]), &gone)),
        ["SCR-012"],
        "what does not apply can be read"
    );
    // The rule that holds another back need not be asked about.
    let unread = [
        ("pds.access_methods", "pds_hl7v3"),
        ("pds.access_methods", "fax"),
        ("access.network", "internet"),
    ];
    assert_eq!(ids(&judged(only(&["access.network"]), &unread)), [""; 0]);
    // An answer that is still to come keeps a rule that reads it silent.
    let changes = [
        ("contacts.applicant.email", "a@marshwick.example"),
        ("contacts.authoriser.email", ""),
    ];
    let report = judged(only(&["contacts.authoriser.email"]), &changes);
    assert_eq!(ids(&report), ["CON-008"]);
    let rows = [("ra.users[0].uuid", "1"), ("ra.users[1].uuid", "2")];
    assert_eq!(
        told(&judged(only(&["ra.users[1].uuid"]), &rows)),
        [("RAU-006", "ra.users[1].uuid")]
    );
    assert_eq!(judged(only(&["ra.users[].uuid"]), &rows).findings.len(), 2);
    // A list that somebody began is read as a whole; one that is still to come is not.
    let few = [("pds.user_count", "1"), ("pds.monthly_lookups", "10")];
    assert_eq!(ids(&judged(only(&["pds.user_count"]), &few)), ["PDS-015"]);
    let mut addresses = vec![("access.authenticators", "nhs_net_connect")];
    for question in [
        "contacts.applicant.email",
        "contacts.authoriser.email",
        "contacts.dpo.email",
        "ra.sponsor.email",
    ] {
        addresses.push((question, "someone@marshwick.example"));
    }
    addresses.push(("scr.privacy_officers[0].email", ""));
    assert_eq!(ids(&judged(only(&["access.authenticators"]), &addresses)), ["ACC-011"]);
    addresses.push(("scr.privacy_officers[0].name", ""));
    assert_eq!(ids(&judged(only(&["access.authenticators"]), &addresses)), [""; 0]);
    addresses.push(("scr.wanted", "no"));
    assert_eq!(ids(&judged(only(&["access.authenticators"]), &addresses)), ["ACC-011"]);
}

/// What a call comes to: `Ok`, or the words of the fault.
fn fault(form: &str, json: &Value) -> Option<String> {
    let mut whole = Map::new();
    whole.insert("today".to_owned(), json!("2026-11-22"));
    whole.extend(json.as_object().unwrap().clone());
    let options: Options = match serde_json::from_value(Value::Object(whole)) {
        Ok(options) => options,
        Err(error) => return Some(format!("(refused when read) {error}")),
    };
    let run = || -> Result<(), Fault> {
        check(form.parse()?, &Answers::default(), &Context::from_options(&options)?).map(|_| ())
    };
    run().err().map(|fault| fault.to_string())
}

#[test]
fn every_mistake_of_a_host_is_a_fault_that_says_what_was_expected_and_what_was_found() {
    let profile = |json: Value| json!({ "profile": json });
    let lists = |json: Value| json!({ "lists": [json] });
    let cases = [
        ("onboarding", json!({})),
        ("ods-code", json!({ "today": "22/11/2026" })),
        ("ods-code", json!({ "today": "2026-02-30" })),
        ("ods-code", json!({ "language": "fr" })),
        ("ods-code", json!({ "policy": "strict" })),
        ("ods-code", json!({ "askd": [] })),
        ("ods-code", json!({ "asked": ["organisation.odscode"] })),
        ("ods-code", json!({ "only": ["organisation.odscode"] })),
        ("ods-code", json!({ "only": ["organisation.name"] })),
        ("ncrs-onboarding", json!({ "only": ["ra.users[01].name"] })),
        ("ods-code", profile(json!({ "name": "x" }))),
        ("ods-code", profile(json!({ "drop": ["summary_care_records"] }))),
        ("ods-code", profile(json!({ "drop": ["ra.users[0].name"] }))),
        ("ods-code", profile(json!({ "required": { "organisation.fax": true } }))),
        (
            "ods-code",
            profile(json!({ "required": { "organisation.name": "yes" } })),
        ),
        ("ods-code", profile(json!({ "labels": { "organisation.fax": "Fax" } }))),
        ("ods-code", profile(json!({ "labels": { "organisation.name": " " } }))),
        ("ods-code", profile(json!({ "options": { "organisation.fax": {} } }))),
        ("ods-code", profile(json!({ "options": { "organisation.name": {} } }))),
        (
            "ods-code",
            profile(json!({ "options": { "access.browser": { "remove": ["edge"] } } })),
        ),
        (
            "ods-code",
            profile(json!({ "options": { "access.browser": { "drop": ["lynx"] } } })),
        ),
        (
            "ods-code",
            profile(json!({ "options": { "access.browser": { "add": [{ "value": "lynx" }] } } })),
        ),
        (
            "ods-code",
            profile(json!({ "options": { "access.browser": { "add": [{ "value": " ", "label": "x" }] } } })),
        ),
        (
            "ods-code",
            profile(json!({ "options": { "access.browser": { "add": [{ "value": "Edge", "label": "x" }] } } })),
        ),
        (
            "ods-code",
            profile(
                json!({ "options": { "access.browser": { "add": [{ "value": "lynx", "label": "x", "counts_as": "mosaic" }] } } }),
            ),
        ),
        ("ods-code", profile(json!({ "rules": { "ORG-999": "off" } }))),
        ("ods-code", profile(json!({ "rules": { "ORG-009": "note" } }))),
        ("ods-code", profile(json!({ "rules": { "SUP-001": "warning" } }))),
        ("ods-code", profile(json!({ "rules": { "SUP-001": "error" } }))),
        ("ods-code", profile(json!({ "rules": { "DSPT-004": "off" } }))),
        (
            "ncrs-onboarding",
            profile(json!({ "drop": ["organisation.telephone"], "rules": { "ORG-009": "warning" } })),
        ),
        (
            "ncrs-onboarding",
            profile(json!({ "drop": ["scr"], "rules": { "SCR-014": "off" } })),
        ),
        (
            "ncrs-onboarding",
            profile(json!({ "drop": ["ra.users[].notes"], "rules": { "PDS-015": "off" } })),
        ),
        ("ods-code", json!({ "messages": { "ORG-999": "x" } })),
        ("ods-code", json!({ "messages": { "ORG-009@organisation.fax": "x" } })),
        ("ods-code", json!({ "messages": { "ORG-009@organisation.name": "x" } })),
        ("ods-code", json!({ "messages": { "RAU-006@ra.users[0].uuid": "x" } })),
        ("ods-code", json!({ "messages": { "ORG-009": "" } })),
        ("ods-code", json!({ "messages": { "ORG-009": "At most {max}" } })),
        ("ods-code", json!({ "messages": { "ANS-002": "{label} is too long" } })),
        ("ods-code", lists(json!({ "value": "care_home" }))),
        (
            "ods-code",
            lists(json!({ "list": "scr_approved_settings", "value": " " })),
        ),
        (
            "ods-code",
            lists(json!({ "list": "scr_settings", "value": "care_home" })),
        ),
        (
            "ods-code",
            lists(json!({ "list": "scr_approved_settings", "value": "ambulance", "removed": "true" })),
        ),
        (
            "ods-code",
            lists(json!({ "list": "scr_approved_settings", "value": "ambulance", "remove": "yes" })),
        ),
        (
            "ods-code",
            lists(json!({ "list": "scr_approved_settings", "value": 3 })),
        ),
    ];
    let mut made = "How each mistake of a host reads. Made by tests/profiles.rs.\n".to_owned();
    for (form, options) in cases {
        let fault = fault(form, &options).unwrap_or_else(|| panic!("{form} with {options} is no fault"));
        assert!(
            fault.starts_with("ncrs-form-check: ") || fault.starts_with("(refused when read) "),
            "{fault}"
        );
        write!(made, "\n{form}  {options}\n    {fault}\n").unwrap();
    }
    blessed::compare("tests/golden/faults.txt", "profiles", &made);
}
