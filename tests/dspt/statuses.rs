//! Is a status, an edition and a version read as people type it and as the toolkit exports it?

use super::declared::Declared;

/// A policy that looks at every status, so that the finding names the one that was recognised.
const LOOKS_AT_ALL: &str = r#"{ "policy": "all", "policies": [{
    "policy": "all", "accepted": "-", "review": "met exceeded approaching plan_agreed not_met entry_level",
    "plan_details_needed": "no", "previous_edition_max_age_months": "-" }] }"#;

/// What is said of the status alone, in 2020-21: the one edition in which all of them existed.
fn said_of(status: &str) -> String {
    let declared = Declared::short("2020-21", "2021-03-01")
        .on("2021-05-01")
        .options(LOOKS_AT_ALL)
        .with("dspt.status", status);
    let mut said: Vec<String> = Vec::new();
    for finding in declared
        .findings()
        .into_iter()
        .filter(|finding| finding.question == "dspt.status")
    {
        let label = finding
            .message
            .strip_suffix(" may be accepted. We will check your improvement plan");
        said.push(
            label
                .filter(|_| finding.rule == "DSPT-019")
                .unwrap_or(finding.rule)
                .to_owned(),
        );
    }
    said.join(" ")
}

#[test]
fn a_status_is_read_as_typed_as_exported_and_by_its_old_names() {
    for (expected, texts) in [
        (
            "Standards Met",
            &[
                "standards_met",
                "Standards Met",
                "STANDARDS MET",
                "standards  met",
                " Standards\u{a0}Met ",
                "met",
                "Met.",
                "Standards Met .",
                "ＳＴＡＮＤＡＲＤＳ　ＭＥＴ",
                "Stan\u{ad}dards Met",
                "Standards_ _Met",
                "20/21 Standards Met",
                "2020-21 Standards Met",
                "2020/2021 standards met.",
                "20‑21 met",
                "Standards Met (20/21)",
                "standards met (2020-21).",
                "Met (20-21)",
            ][..],
        ),
        (
            "Standards Exceeded",
            &["standards_exceeded", "Exceeded", "20/21 Standards Exceeded"][..],
        ),
        (
            "Approaching Standards",
            &["approaching_standards", "Approaching", "Approaching Standards (20/21)"][..],
        ),
        (
            "Standards Not Met",
            &["standards_not_met", "not met", "20/21 Standards Not Met"][..],
        ),
        (
            "Standards Not Fully Met (Plan Agreed)",
            &[
                "plan_agreed",
                "Plan agreed",
                "Standards Not Fully Met",
                "Standards Not Fully Met (Plan Agreed)",
                "20/21 Standards Not Fully Met (Plan Agreed)",
                "Standards Not Fully Met (Plan Agreed) (20/21)",
            ][..],
        ),
        ("Entry Level", &["entry_level", "Entry Level", "20/21 Entry Level."][..]),
        (
            "DSPT-014",
            &["in_progress", "In progress", "Registered", "In Progress or Registered"][..],
        ),
        (
            "DSPT-015",
            &[
                "interim",
                "Interim assessment",
                "Interim publication",
                "Interim or Baseline",
                "baseline",
                "Baseline Assessment",
                "Baseline publication",
                "20/21 Baseline",
            ][..],
        ),
        (
            "DSPT-016",
            &[
                "ig_toolkit",
                "IG Toolkit",
                "IGT",
                "Satisfactory",
                "Not satisfactory",
                "Satisfactory or Not Satisfactory",
            ][..],
        ),
        ("DSPT-017", &["not_published", "Not Published", "Not Published."][..]),
        // Another year inside, also one that the calendar does not have, and one after the other in brackets.
        (
            "DSPT-012",
            &[
                "21/22 Standards Met",
                "Standards Met (19/20)",
                "2016/17 met",
                "2050-51 Standards Met",
                "19/20 In progress",
            ][..],
        ),
        (
            "DSPT-011",
            &[
                "compliant",
                "Standards Met!",
                "Standards Met..",
                "yes",
                "20/22 Standards Met",
                "2020 Standards Met",
                "Standards Met 20/21",
                "(20/21) Standards Met",
                "20/21Standards Met",
                "20 / 21 Standards Met",
                "20/21",
                "(20/21)",
                "20/21 ",
                "20/21 Standards Met (20/21)",
                "Standards-Met",
                "standards-met",
                "Standards Met/Exceeded",
                ".",
                "-",
                "null",
            ][..],
        ),
        ("DSPT-010", &["", " ", "\u{200b}"][..]),
    ] {
        for text in texts {
            assert_eq!(said_of(text), expected, "{text:?}");
        }
    }
}

#[test]
fn a_status_that_the_edition_did_not_have_is_told_so() {
    let said = |edition: &str, published: &str, status: &str| {
        Declared::short(edition, published)
            .with("dspt.status", status)
            .on(published)
            .has("DSPT-013")
    };
    for (edition, published, approaching, agreed) in [
        ("2018-19", "2019-03-01", true, false),
        ("2019-20", "2020-03-01", true, false),
        ("2020-21", "2021-03-01", false, false),
        ("2021-22", "2022-03-01", false, true),
        ("2025-26", "2026-03-01", false, true),
    ] {
        assert_eq!(
            said(edition, published, "Approaching Standards"),
            approaching,
            "{edition}"
        );
        assert_eq!(said(edition, published, "Plan agreed"), agreed, "{edition}");
        assert_eq!(said(edition, published, "Entry Level"), agreed, "{edition}");
        assert!(!said(edition, published, "Standards Met"), "{edition}");
        // A status that no edition ever gave is refused for what it is.
        assert!(!said(edition, published, "Interim"), "{edition}");
    }
}

#[test]
fn an_edition_is_the_same_however_its_two_years_are_written() {
    let first = Declared::good().report();
    for text in [
        "2025/26",
        "25/26",
        "25-26",
        "2025-2026",
        "2025 to 2026",
        "2025 TO 26",
        " 25 / 26 ",
        "2025–26",
        "２０２５-26",
    ] {
        assert_eq!(Declared::good().with("dspt.edition", text).report(), first, "{text}");
    }
    for text in [
        "2025",
        "2025-27",
        "2025-25",
        "202526",
        "25-26-27",
        "8",
        "2025 and 2026",
        "2017-18",
        "2099-00",
        "current",
    ] {
        let declared = Declared::good().with("dspt.edition", text);
        assert_eq!(declared.rules(), ["DSPT-007"], "{text}");
        assert_eq!(
            declared.message("DSPT-007"),
            "Year must be a DSPT year, like 2026 to 2027"
        );
        assert_eq!(declared.valid_until(), None, "{text}");
    }
}

#[test]
fn a_version_is_one_or_two_digits_after_a_v_if_there_is_one() {
    for text in ["8", "08", "v8", "V 8", "v08", " ８ ", ""] {
        assert_eq!(Declared::good().with("dspt.version", text).rules(), [""; 0], "{text}");
    }
    for text in [
        "7",
        "9",
        "80",
        "008",
        "8.0",
        "8.1",
        "version 8",
        "vv8",
        "v",
        "-8",
        "eight",
    ] {
        let declared = Declared::good().with("dspt.version", text);
        assert_eq!(declared.rules(), ["DSPT-009"], "{text}");
        assert_eq!(
            declared.message("DSPT-009"),
            "Version does not match the year. 2025 to 2026 is version 8"
        );
    }
}

#[test]
fn the_code_of_a_department_belongs_to_its_organisation() {
    let declared = |own: &str, code: &str| {
        Declared::good()
            .with("organisation.ods_code", own)
            .with("dspt.ods_code", code)
            .rules()
    };
    for (own, code) in [
        ("8QQ01", "8qq01"),
        ("8QQ01", " 8QQ 01 "),
        ("8QQ01", "8QQ01-HR"),
        ("8qq01", "8QQ01-DHSCR-NHFD"),
        ("8QQ01", "8QQ01–HR"),
        ("EE133864", "EE133864-FHLS"),
    ] {
        assert_eq!(declared(own, code), [""; 0], "{own} and {code}");
    }
    for (own, code) in [
        ("8QQ01", "8QQ02"),
        ("8QQ01", "8QQ02-HR"),
        ("8QQ01-HR", "8QQ01"),
        ("RXK", "RXL-8QQ01"),
    ] {
        assert_eq!(declared(own, code), ["DSPT-030"], "{own} and {code}");
    }
    // Only the own organisation has departments: a parent is another organisation.
    let by_parent = |parent: &str| {
        let declared = Declared::good()
            .with("dspt.published_by", "parent")
            .with("dspt.site_included", "yes");
        declared.with("dspt.parent_ods_code", parent).rules()
    };
    assert_eq!(by_parent("8QQ02"), [""; 0]);
    assert_eq!(by_parent("8qq 01"), ["DSPT-032"]);
    assert_eq!(by_parent("8QQ01-HR"), [""; 0]);
}
