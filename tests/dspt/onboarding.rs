//! Does the onboarding form say of the same DSPT facts what the declaration says?

use std::collections::BTreeSet;

use ncrs_form_check::{Form, Outcome, Status};

use super::declared::Declared;

/// The same answers in both forms, `DSPT-*` and `JRN-002` only.
fn both(declared: &Declared) -> (Vec<&'static str>, Vec<&'static str>) {
    let onboarding = declared.clone().in_form(Form::NcrsOnboarding);
    (declared.rules(), onboarding.rules())
}

/// The rules that only the declaration has; dspt.md 6.
fn is_of_the_declaration(rule: &str) -> bool {
    ("DSPT-050".."DSPT-080").contains(&rule) || rule == "DSPT-009"
}

#[test]
fn the_same_dspt_facts_get_the_same_findings_in_both_forms() {
    let mut seen = BTreeSet::new();
    for (question, text) in [
        ("dspt.published", "perhaps"),
        ("dspt.published", "no"),
        ("dspt.ods_code", ""),
        ("dspt.ods_code", "8QQ02"),
        ("dspt.published_by", ""),
        ("dspt.published_by", "parent"),
        ("dspt.edition", ""),
        ("dspt.edition", "2017-18"),
        ("dspt.edition", "2024-25"),
        ("dspt.edition", "2026-27"),
        ("dspt.status", ""),
        ("dspt.status", "compliant"),
        ("dspt.status", "24/25 Standards Met"),
        ("dspt.status", "entry_level"),
        ("dspt.status", "in_progress"),
        ("dspt.status", "interim"),
        ("dspt.status", "ig_toolkit"),
        ("dspt.status", "not_published"),
        ("dspt.status", "standards_not_met"),
        ("dspt.status", "approaching_standards"),
        ("dspt.published_date", ""),
        ("dspt.published_date", "31/6/2026"),
        ("dspt.published_date", "2026-11-23"),
        ("dspt.published_date", "2025-09-17"),
        ("dspt.published_date", "2026-09-02"),
        ("dspt.published_date", "2026-07-01"),
        ("dspt.published_date", "2025-11-21"),
    ] {
        let declared = Declared::good().with(question, text);
        let (declaration, onboarding) = both(&declared);
        let shared: Vec<&str> = declaration
            .into_iter()
            .filter(|rule| !is_of_the_declaration(rule))
            .collect();
        assert_eq!(onboarding, shared, "{question}: {text:?}");
        assert_eq!(
            declared.valid_until(),
            declared.clone().in_form(Form::NcrsOnboarding).valid_until(),
            "{question}: {text:?}"
        );
        seen.extend(shared);
    }
    assert!(seen.len() >= 25, "only {} rules were compared: {seen:?}", seen.len());
}

#[test]
fn an_empty_section_is_one_finding_and_not_started() {
    let onboarding = Declared::of(&[]).in_form(Form::NcrsOnboarding);
    assert_eq!(onboarding.rules(), ["JRN-002"]);
    let report = onboarding.report();
    let section = report.sections.iter().find(|section| section.id == "dspt").unwrap();
    assert_eq!(section.status, Status::NotStarted);
    assert_eq!(section.missing, ["dspt.published"]);
    assert_eq!(report.dspt.unwrap().valid_until, None);
    // The declaration has no such rule: there the first question asks for its answer.
    assert!(Declared::of(&[]).rules().starts_with(&["DSPT-001"]));
    // An answer that cannot be read is an answer.
    let unreadable = Declared::of(&[("dspt.published", "perhaps")]).in_form(Form::NcrsOnboarding);
    assert_eq!(unreadable.rules(), ["DSPT-001"]);
}

#[test]
fn wales_and_the_isle_of_man_are_looked_at_by_a_person_instead_of_being_refused() {
    for (country, rule, refused) in [
        ("wales", "DSPT-083", false),
        ("isle_of_man", "DSPT-083", false),
        ("Isle of Man", "DSPT-083", false),
        ("england", "DSPT-002", true),
        ("scotland", "DSPT-002", true),
        ("northern_ireland", "DSPT-002", true),
        ("", "DSPT-002", true),
        ("France", "DSPT-002", true),
    ] {
        let onboarding = Declared::of(&[("dspt.published", "no")])
            .with("organisation.country", country)
            .in_form(Form::NcrsOnboarding);
        assert_eq!(onboarding.rules(), [rule], "{country}");
        let report = onboarding.report();
        let finding = report.findings.iter().find(|finding| finding.rule == rule).unwrap();
        assert_eq!(finding.review, !refused, "{country}");
        let section = report.sections.iter().find(|section| section.id == "dspt").unwrap();
        let expected = if refused { Status::Problem } else { Status::Completed };
        assert_eq!(section.status, expected, "{country}");
    }
    // With an assessment nothing is different there, and the declaration does not ask for the country.
    let wales = Declared::good().with("organisation.country", "wales");
    assert_eq!(both(&wales), (vec![], vec![]));
    let none = Declared::of(&[("dspt.published", "no"), ("organisation.country", "wales")]);
    assert_eq!(none.rules(), ["DSPT-002"]);
}

#[test]
fn the_onboarding_form_asks_for_no_role_no_category_and_no_audit() {
    let bare = Declared::good()
        .with("contacts.dpo.name", "")
        .with("dspt.ig_lead_name", "")
        .with("dspt.category", "1")
        .with("declaration.date", "2026-06-01");
    let (declaration, onboarding) = both(&bare);
    assert_eq!(onboarding, [""; 0]);
    assert_eq!(declaration, ["DSPT-052", "DSPT-053", "DSPT-060", "DSPT-076"]);
    let report = bare.in_form(Form::NcrsOnboarding).report();
    for question in ["dspt.category", "dspt.sector", "dspt.version"] {
        assert!(report.unknown.iter().any(|name| name == question), "{question}");
    }
}

#[test]
fn a_supplier_is_asked_nothing_about_the_dspt() {
    let supplier = Declared::good()
        .with("journey.applicant_type", "system_supplier")
        .with("dspt.status", "compliant")
        .in_form(Form::NcrsOnboarding);
    assert_eq!(supplier.rules(), [""; 0]);
    let report = supplier.report();
    assert_eq!(report.dspt, None);
    assert_eq!(report.outcome, Outcome::Stop);
}
