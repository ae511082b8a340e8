//! What can a host change without Rust: editions, deadlines, policies, and which questions are asked? dspt.md 8.

use ncrs_form_check::{Context, EditionOption, Options};
use serde_json::{Value, json};

use super::declared::Declared;

/// The row of 2027-28 with some columns changed; `null` takes a column out.
fn row_of_2027(changes: &Value) -> Value {
    changed(
        json!({
            "edition": "2027-28", "version": "10", "label": "27/28", "opens": "2027-09-02", "deadline": "2028-06-30",
            "in_force_until": "2029-06-30", "confirmed": "yes"
        }),
        changes,
    )
}

fn changed(mut row: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            row.as_object_mut().unwrap().remove(name);
        } else {
            row[name] = value.clone();
        }
    }
    row
}

fn calendar(rows: &Value) -> String {
    json!({ "calendar": rows }).to_string()
}

#[test]
fn adding_the_edition_of_2027_is_one_row() {
    let declared = Declared::good()
        .with("dspt.edition", "2027/28")
        .with("dspt.version", "10")
        .with("dspt.published_date", "2028-06-15")
        .with("declaration.date", "2028-06-20")
        .on("2028-06-30");
    // Without the row a person looks at it, and nothing is known of how long it is in force.
    assert_eq!(declared.rules(), ["DSPT-080"]);
    assert_eq!(declared.valid_until(), None);
    let with_row = declared.options(&calendar(&json!([row_of_2027(&json!({}))])));
    assert_eq!(with_row.rules(), [""; 0]);
    assert_eq!(with_row.valid_until().as_deref(), Some("2029-06-30"));
    assert_eq!(
        with_row.clone().with("dspt.version", "9").message("DSPT-009"),
        "Version does not match the year. 2027 to 2028 is version 10"
    );
    assert_eq!(
        with_row.clone().with("dspt.published_date", "2027-09-01").rules(),
        ["DSPT-023"]
    );
    // It is the edition after 2026-27 now, so that one can no longer be published late without end.
    let last_year = with_row
        .clone()
        .with("dspt.edition", "2026-27")
        .with("dspt.version", "9");
    assert_eq!(
        last_year.with("dspt.published_date", "2027-09-03").rules(),
        ["DSPT-024", "DSPT-029"][..1]
    );
    // The calendar no longer runs out in 2027, but in 2028.
    let next = with_row.with("dspt.edition", "2028-29").with("dspt.version", "");
    assert_eq!(next.rules(), ["DSPT-007"]);
    assert_eq!(next.message("DSPT-007"), "Year must be a DSPT year, like 2027 to 2028");
    assert_eq!(next.on("2028-07-01").rules(), ["DSPT-080"]);
}

#[test]
fn a_deadline_that_is_moved_is_a_changed_date() {
    let late = Declared::good()
        .with("dspt.published_date", "2026-07-10")
        .with("declaration.date", "2026-11-20");
    assert_eq!(late.rules(), ["DSPT-026"]);
    let moved = json!([{
        "edition": "2025-26", "version": "8", "label": "25/26", "opens": "2025-09-18", "deadline": "2026-07-31",
        "in_force_until": "2027-06-30", "confirmed": "yes"
    }]);
    assert_eq!(late.options(&calendar(&moved)).rules(), [""; 0]);
}

#[test]
fn a_grace_period_is_a_later_last_day_in_force() {
    let expired = Declared::good()
        .with("dspt.edition", "2024-25")
        .with("dspt.version", "7")
        .with("dspt.published_date", "2025-06-20");
    assert_eq!(expired.rules(), ["DSPT-025"]);
    let grace = json!([{
        "edition": "2024/25", "version": "7", "label": "24/25", "opens": "2024-09-01", "opens_basis": "own",
        "deadline": "2025-06-30", "deadline_basis": "own", "last_seen_published": "-", "in_force_until": "2026-12-31",
        "in_force_basis": "own", "confirmed": "yes"
    }]);
    let in_grace = expired.options(&calendar(&grace));
    assert_eq!(in_grace.rules(), ["DSPT-028", "DSPT-029"]);
    assert_eq!(
        in_grace.message("DSPT-029"),
        "The assessment runs out on 31 December 2026"
    );
    assert_eq!(in_grace.valid_until().as_deref(), Some("2026-12-31"));
    assert_eq!(in_grace.on("2027-01-01").rules(), ["DSPT-025", "DSPT-077"]);
}

#[test]
fn a_policy_is_replaced_or_added_by_a_row() {
    let rows = |name: &str, accepted: &str, review: &str, plan: &str, months: &str| {
        json!({
            "policy": name,
            "policies": [{ "policy": name, "accepted": accepted, "review": review, "plan_details_needed": plan,
                "previous_edition_max_age_months": months, "rejected": "igt in_progress", "basis": "own" }]
        })
        .to_string()
    };
    let with = |status: &str, options: &str| Declared::good().options(options).with("dspt.status", status);
    // Replaced: the same name, other rows.
    let strict = rows("ncrs_default", "exceeded", "-", "no", "-");
    assert_eq!(with("standards_exceeded", &strict).rules(), [""; 0]);
    assert_eq!(
        with("standards_met", &strict).message("DSPT-018"),
        "Your DSPT status must be Standards Exceeded"
    );
    // Added.
    let mild = rows("trial", "met exceeded approaching", "not_met", "yes", "-");
    assert_eq!(with("approaching_standards", &mild).rules(), [""; 0]);
    assert_eq!(
        with("standards_not_met", &mild).rules(),
        ["DSPT-019", "DSPT-040", "DSPT-041"]
    );
    // Capped at 3 months, for an edition that is not the latest open one.
    let capped = rows("trial", "met", "-", "no", "3");
    let published = |day: &str| with("standards_met", &capped).with("dspt.published_date", day);
    assert_eq!(published("2026-08-22").rules(), ["DSPT-026"]);
    assert_eq!(published("2026-08-21").rules(), ["DSPT-026", "DSPT-027"]);
    assert_eq!(
        published("2026-08-21").message("DSPT-027"),
        "Publish again: the assessment is more than 3 months old"
    );
    // A policy that is not named in `policy` changes nothing.
    let other: Value = serde_json::from_str(&mild).unwrap();
    let unused = json!({ "policies": other["policies"] }).to_string();
    assert_eq!(with("standards_not_met", &unused).rules(), ["DSPT-018"]);
}

#[test]
fn the_message_of_dspt_018_names_what_is_accepted_one_two_or_three() {
    let says = |accepted: &str, review: &str| {
        let options = json!({ "policy": "own", "policies": [{ "policy": "own", "accepted": accepted, "review": review,
            "plan_details_needed": "no", "previous_edition_max_age_months": "-" }] });
        Declared::good()
            .options(&options.to_string())
            .with("dspt.status", "standards_not_met")
            .message("DSPT-018")
    };
    assert_eq!(says("met", "-"), "Your DSPT status must be Standards Met");
    assert_eq!(
        says("exceeded met", "-"),
        "Your DSPT status must be Standards Met or Standards Exceeded"
    );
    assert_eq!(
        says("approaching exceeded met", "plan_agreed"),
        "Your DSPT status must be Standards Met, Standards Exceeded or Approaching Standards"
    );
    // Where a person looks at every status, those are what is wanted.
    assert_eq!(
        says("-", "approaching met"),
        "Your DSPT status must be Standards Met or Approaching Standards"
    );
}

#[test]
fn every_built_in_policy_takes_the_statuses_that_the_specification_gives_it() {
    let statuses = [
        "standards_met",
        "standards_exceeded",
        "approaching_standards",
        "standards_not_met",
    ];
    for (policy, expected) in [
        ("ncrs_default", "accepted accepted review rejected"),
        ("gp_connect", "accepted accepted rejected rejected"),
        ("api_onboarding", "accepted accepted rejected rejected"),
        ("nhsmail_social_care", "accepted accepted accepted rejected"),
        ("dars", "accepted accepted review rejected"),
    ] {
        let found = statuses.map(|status| {
            let rules = Declared::good().policy(policy).with("dspt.status", status).rules();
            match rules.as_slice() {
                [] => "accepted",
                ["DSPT-018"] => "rejected",
                ["DSPT-019", "DSPT-040", "DSPT-041"] => "review",
                other => panic!("{policy}: {status} has {other:?}"),
            }
        });
        assert_eq!(found.join(" "), expected, "{policy}");
    }
}

#[test]
fn a_row_of_the_calendar_that_cannot_be_used_is_a_fault_that_names_it() {
    let place = "ncrs-form-check: options.calendar[0]";
    let mut faults: Vec<(Value, String)> = Vec::new();
    for column in [
        "edition",
        "version",
        "label",
        "opens",
        "deadline",
        "in_force_until",
        "confirmed",
    ] {
        for nothing in [Value::Null, json!(""), json!(" ")] {
            faults.push((
                json!([row_of_2027(&json!({ column: nothing }))]),
                format!("{place}: expected the column \"{column}\" and found none"),
            ));
        }
    }
    for edition in ["2027", "2027-29", "soon"] {
        faults.push((
            json!([row_of_2027(&json!({ "edition": edition }))]),
            format!("{place}.edition: expected two years that follow each other, like 2027-28, found \"{edition}\""),
        ));
    }
    for version in ["ten", "-1", "+9", "0", "100", "10.0", "1000"] {
        faults.push((
            json!([row_of_2027(&json!({ "version": version }))]),
            format!("{place}.version: expected a whole number from 1 to 99, found \"{version}\""),
        ));
    }
    for (column, day) in [
        ("opens", "1/9/2027"),
        ("deadline", "2028-06-31"),
        ("in_force_until", "2029"),
    ] {
        faults.push((
            json!([row_of_2027(&json!({ column: day }))]),
            format!("{place}.{column}: expected a day written YYYY-MM-DD, found \"{day}\""),
        ));
    }
    faults.push((
        json!([row_of_2027(&json!({ "deadline": "2027-09-01" }))]),
        format!("{place}.deadline: expected a day on or after 2027-09-02, found 2027-09-01"),
    ));
    faults.push((
        json!([row_of_2027(&json!({ "in_force_until": "2028-06-29" }))]),
        format!("{place}.in_force_until: expected a day on or after 2028-06-30, found 2028-06-29"),
    ));
    // Also where the rows with one version do not stand side by side.
    for (version, other) in [("9", "2026-27"), ("8", "2025-26"), ("1", "2018-19")] {
        faults.push((
            json!([row_of_2027(&json!({ "version": version }))]),
            format!(
                "ncrs-form-check: options.calendar: {other} and 2027-28 both have version {version}; expected a version for each edition"
            ),
        ));
    }
    faults.push((
        json!([row_of_2027(&json!({ "opens": "2026-08-31" }))]),
        "ncrs-form-check: options.calendar: 2026-27 opens after 2027-28; expected editions to open in the order of their years"
            .to_owned(),
    ));
    // The second row is named by its place.
    faults.push((
        json!([row_of_2027(&json!({})), { "edition": "2028-29" }]),
        "ncrs-form-check: options.calendar[1]: expected the column \"version\" and found none".to_owned(),
    ));
    for (rows, fault) in &faults {
        assert_eq!(Declared::good().options(&calendar(rows)).fault(), *fault, "{rows}");
    }
    assert_eq!(faults.len(), 41);
}

#[test]
fn a_row_of_the_policies_that_cannot_be_used_is_a_fault_that_names_it() {
    let place = "ncrs-form-check: options.policies[0]";
    let row = |changes: Value| {
        let good = json!({ "policy": "own", "accepted": "met", "review": "-", "plan_details_needed": "no",
            "previous_edition_max_age_months": "12" });
        json!({ "policies": [changed(good, &changes)] })
    };
    let judged = "met, exceeded, approaching, plan_agreed, not_met, entry_level";
    let all = "met, exceeded, approaching, not_met, in_progress, not_published, plan_agreed, entry_level, interim, igt";
    let mut faults: Vec<(Value, String)> = Vec::new();
    for column in [
        "policy",
        "accepted",
        "review",
        "plan_details_needed",
        "previous_edition_max_age_months",
    ] {
        for nothing in [Value::Null, json!(""), json!(" ")] {
            faults.push((
                row(json!({ column: nothing })),
                format!("{place}: expected the column \"{column}\" and found none"),
            ));
        }
    }
    for (column, keys) in [("accepted", judged), ("review", judged), ("rejected", all)] {
        faults.push((
            row(json!({ column: "exceeded fine" })),
            format!("{place}.{column}: expected statuses out of {keys}, found \"fine\""),
        ));
    }
    // These are never a full assessment, whatever a policy would like.
    for key in ["interim", "in_progress", "igt", "not_published", "standards_met"] {
        faults.push((
            row(json!({ "accepted": key })),
            format!("{place}.accepted: expected statuses out of {judged}, found \"{key}\""),
        ));
    }
    faults.push((
        row(json!({ "review": "exceeded met" })),
        format!("{place}: expected each status in one list, found \"met\" in both accepted and review"),
    ));
    faults.push((
        row(json!({ "accepted": "-" })),
        format!("{place}: expected a status in accepted or review, found none"),
    ));
    faults.push((
        row(json!({ "plan_details_needed": "maybe" })),
        format!("{place}.plan_details_needed: expected yes or no, found \"maybe\""),
    ));
    for months in ["0", "61", "+12", "1.5", "none", "300"] {
        faults.push((
            row(json!({ "previous_edition_max_age_months": months })),
            format!(
                "{place}.previous_edition_max_age_months: expected - or a whole number from 1 to 60, found \"{months}\""
            ),
        ));
    }
    faults.push((
        json!({ "policy": "gp" }),
        "ncrs-form-check: options.policy: expected one of ncrs_default, gp_connect, api_onboarding, nhsmail_social_care, dars, found \"gp\""
            .to_owned(),
    ));
    let mut unknown = row(json!({}));
    unknown["policy"] = json!("gp");
    faults.push((
        unknown,
        "ncrs-form-check: options.policy: expected one of ncrs_default, gp_connect, api_onboarding, nhsmail_social_care, dars, own, found \"gp\""
            .to_owned(),
    ));
    for (options, fault) in &faults {
        assert_eq!(
            Declared::good().options(&options.to_string()).fault(),
            *fault,
            "{options}"
        );
    }
    assert_eq!(faults.len(), 34);
    for months in ["-", "1", "60"] {
        let options = row(json!({ "previous_edition_max_age_months": months, "rejected": "igt not_met -" }));
        assert_eq!(
            Declared::good().options(&options.to_string()).rules(),
            [""; 0],
            "{months}"
        );
    }
}

#[test]
fn a_page_offers_the_newest_edition_first_and_none_that_has_not_opened() {
    let offered = |today: &str, options: &Value| {
        let mut options: Options = serde_json::from_value(options.clone()).unwrap();
        options.today = today.to_owned();
        let offered: Vec<EditionOption> = Context::from_options(&options).unwrap().dspt_editions();
        for option in &offered {
            // Each can be declared on that day, by its value.
            let declared = Declared::short(&option.value, today).on(today).options(
                &json!(
                    { "calendar": options.calendar }
                )
                .to_string(),
            );
            assert!(!declared.has("DSPT-007") && !declared.has("DSPT-008"), "{option:?}");
        }
        offered
    };
    let values = |today: &str| -> Vec<String> {
        offered(today, &json!({}))
            .into_iter()
            .map(|option| option.value)
            .collect()
    };
    assert_eq!(values("2018-06-10"), [""; 0]);
    assert_eq!(values("2018-06-11"), ["2018-19"]);
    assert_eq!(values("2020-12-01"), ["2020-21", "2019-20", "2018-19"]);
    assert_eq!(values("2026-08-31")[0], "2025-26");
    assert_eq!(values("2026-09-01")[0], "2026-27");
    assert_eq!(values("2040-01-01").len(), 9);
    let with_row = offered("2027-09-02", &json!({ "calendar": [row_of_2027(&json!({}))] }));
    assert_eq!(with_row[0].value, "2027-28");
    assert_eq!(with_row[0].label, "2027 to 2028 (version 10)");
    assert_eq!(with_row[9].label, "2018 to 2019 (version 1)");
    let welsh = offered("2026-11-22", &json!({ "language": "cy" }));
    assert_eq!(welsh[0].label, "2026 i 2027 (fersiwn 9)");
}

#[test]
fn what_is_put_into_a_sentence_is_in_the_language_of_the_sentence() {
    // No translator has supplied Welsh for these, so the sentence and its day are both English.
    let soon = Declared::good().on("2027-06-01");
    let welsh = soon.clone().options(r#"{ "language": "cy" }"#);
    assert_eq!(welsh.message("DSPT-029"), "The assessment runs out on 30 June 2027");
    let unknown = welsh.with("dspt.edition", "2017-18");
    assert_eq!(
        unknown.message("DSPT-007"),
        "Year must be a DSPT year, like 2026 to 2027"
    );
    let own = soon.options(r#"{ "language": "cy", "messages": { "DSPT-029": "Hyd at {date}" } }"#);
    assert_eq!(own.message("DSPT-029"), "Hyd at 30 Mehefin 2027");
}

#[test]
fn a_profile_says_whether_category_audit_and_roles_are_asked_or_required() {
    let profile = |profile: Value| json!({ "profile": profile }).to_string();
    let category_1 = Declared::good()
        .with("dspt.category", "1")
        .with("dspt.sector", "nhs_trust")
        .with("contacts.dpo.name", "")
        .with("dspt.ig_lead_name", "");
    assert_eq!(category_1.rules(), ["DSPT-053", "DSPT-060"]);
    let dropped = profile(json!({ "drop": ["dspt.category", "dspt.audit_done", "roles"] }));
    assert_eq!(category_1.clone().options(&dropped).rules(), [""; 0]);
    let not_required = profile(json!({ "required": {
        "dspt.audit_done": false, "dspt.siro_name": false, "dspt.caldicott_guardian_name": false } }));
    assert_eq!(category_1.options(&not_required).rules(), [""; 0]);

    // Insisted on where the toolkit leaves it open: the rules for any question ask for it, in every category.
    let insisted = profile(json!({ "required": { "dspt.siro_name": true, "dspt.caldicott_guardian_name": true } }));
    let all_rules = |declared: &Declared| -> Vec<(&'static str, String)> {
        let findings = declared.report().findings.into_iter();
        findings
            .filter(|finding| finding.rule != "ODS-047")
            .map(|finding| (finding.rule, finding.question))
            .collect()
    };
    let siro = || ("ANS-001", "dspt.siro_name".to_owned());
    let guardian = || ("ANS-001", "dspt.caldicott_guardian_name".to_owned());
    assert_eq!(all_rules(&Declared::good().options(&insisted)), [siro(), guardian()]);
    let without_category = profile(json!({
        "drop": ["dspt.category"], "required": { "dspt.siro_name": true, "dspt.caldicott_guardian_name": true } }));
    assert_eq!(
        all_rules(&Declared::good().options(&without_category)),
        [siro(), guardian()]
    );
    // Where a rule of their own speaks, it speaks alone.
    let strict = Declared::good()
        .options(&insisted)
        .with("dspt.category", "1")
        .with("dspt.audit_done", "yes");
    let strict = strict.with("dspt.sector", "");
    assert_eq!(
        all_rules(&strict),
        [
            ("DSPT-061", "dspt.siro_name".to_owned()),
            ("DSPT-062", "dspt.caldicott_guardian_name".to_owned())
        ]
    );
}

#[test]
fn a_rule_that_is_switched_off_leaves_its_edition_unjudged_and_turns_no_note_into_an_error() {
    let off = |rule: &str| json!({ "profile": { "rules": { rule: "off" } } }).to_string();
    // An edition that has not opened is not judged by its days, although nobody says so now.
    let early = Declared::good()
        .on("2025-09-17")
        .with("dspt.published_date", "2025-09-17")
        .with("declaration.date", "2025-09-17");
    assert_eq!(early.rules(), ["DSPT-008"]);
    assert_eq!(early.options(&off("DSPT-008")).rules(), [""; 0]);
    let run_out = Declared::good()
        .on("2027-07-01")
        .with("dspt.edition", "2027-28")
        .with("dspt.version", "");
    let run_out = run_out.with("declaration.date", "2027-07-01");
    assert_eq!(run_out.rules(), ["DSPT-080"]);
    assert_eq!(run_out.options(&off("DSPT-080")).rules(), [""; 0]);
    // The plan is asked for whenever the status is looked at, reported or not.
    let reviewed = Declared::good().with("dspt.status", "approaching_standards");
    assert_eq!(
        reviewed.clone().options(&off("DSPT-019")).rules(),
        ["DSPT-040", "DSPT-041"]
    );
    let other_year = reviewed.with("dspt.status", "24/25 Approaching Standards");
    assert_eq!(other_year.rules(), ["DSPT-012"]);
    assert_eq!(
        other_year.options(&off("DSPT-012")).rules(),
        ["DSPT-019", "DSPT-040", "DSPT-041"]
    );
}
