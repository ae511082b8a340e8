//! What holds for every declaration, whatever a person types and on whatever day?

use ncrs_form_check::answers::Answers;
use ncrs_form_check::date::Date;
use ncrs_form_check::{Context, Form, Options, Outcome, Report, check};
use proptest::prelude::*;

const QUESTIONS: &[&str] = &[
    "organisation.ods_code",
    "organisation.ico_number",
    "dspt.published",
    "dspt.ods_code",
    "dspt.published_by",
    "dspt.parent_ods_code",
    "dspt.site_included",
    "dspt.edition",
    "dspt.version",
    "dspt.status",
    "dspt.published_date",
    "dspt.plan_reference",
    "dspt.plan_date",
    "dspt.category",
    "dspt.sector",
    "dspt.audit_done",
    "dspt.siro_name",
    "dspt.caldicott_guardian_name",
    "contacts.dpo.name",
    "dspt.ig_lead_name",
    "declaration.agreed",
    "declaration.name",
    "declaration.job_title",
    "declaration.date",
    "organisation.country",
];

fn day() -> impl Strategy<Value = String> {
    (2018_u16..2030, 1_u16..=12, 1_u16..=31).prop_filter_map("a real day", |(year, month, day)| {
        Some(Date::new(year, month, day)?.to_string())
    })
}

fn edition() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (2018_u16..2027).prop_map(|year| format!("{year}-{}", year % 100 + 1)),
        1 => (2016_u16..2032).prop_map(|year| format!("{}/{}", year % 100, year % 100 + 1)),
        1 => any::<String>(),
    ]
}

fn status() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "standards_met",
        "standards_exceeded",
        "approaching_standards",
        "standards_not_met",
        "in_progress",
        "not_published",
        "plan_agreed",
        "entry_level",
        "interim",
        "ig_toolkit",
        "21/22 Standards Met",
        "Standards Met (25/26)",
        "compliant",
        "",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

/// Texts near what each question wants, and texts that nobody foresaw.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        1 => "[0-9]{1,5}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{1,5}",
        1 => "[0-9]{2,4}[-/]([0-9]{2}|[0-9]{4}) ?(Standards)? ?(Met|Not Met)?[.()]{0,2}",
        1 => "[vV]?[0-9]{1,3}[.]?",
        1 => "[A-Z0-9]{1,8}-?[A-Za-z]{0,4}",
        1 => prop::sample::select(vec!["yes", "no", "own", "parent", "1", "4", "wales", "nhs_trust", "9999-12-31", "\u{202e}", "１"])
            .prop_map(str::to_owned),
    ]
}

fn report(form: Form, answers: &[(String, String)], options: &Options) -> Report {
    let context = Context::from_options(options).unwrap();
    check(form, &Answers::from_pairs(answers.to_vec()), &context).unwrap()
}

fn on(today: &str) -> Options {
    Options {
        today: today.to_owned(),
        ..Options::default()
    }
}

fn by(policy: &str, today: &str) -> Options {
    Options {
        policy: Some(policy.to_owned()),
        ..on(today)
    }
}

fn has(report: &Report, rule: &str) -> bool {
    report.findings.iter().any(|finding| finding.rule == rule)
}

fn short(edition: &str, status: &str, published: &str) -> Vec<(String, String)> {
    [
        ("organisation.ods_code", "8QQ01"),
        ("dspt.published", "yes"),
        ("dspt.ods_code", "8QQ01"),
        ("dspt.published_by", "own"),
        ("dspt.edition", edition),
        ("dspt.status", status),
        ("dspt.published_date", published),
        ("dspt.category", "3"),
        ("dspt.ig_lead_name", "Jo Bell"),
        ("declaration.agreed", "yes"),
        ("declaration.name", "Jo Bell"),
        ("declaration.job_title", "IG lead"),
        ("declaration.date", published),
    ]
    .map(|(question, text)| (question.to_owned(), text.to_owned()))
    .to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_a_check_of_the_dspt_fail_and_none_comes_back(
        answers in prop::collection::vec((prop::sample::select(QUESTIONS), text()), 0..25), today in day()
    ) {
        let mut answers: Vec<(String, String)> =
            answers.into_iter().map(|(question, text)| (question.to_owned(), text)).collect();
        // Most declarations say that there is one, or nothing would be judged.
        if !answers.len().is_multiple_of(4) {
            answers.insert(0, ("dspt.published".to_owned(), "yes".to_owned()));
        }
        for form in [Form::DsptDeclaration, Form::NcrsOnboarding] {
            let report = report(form, &answers, &on(&today));
            let dspt = report.dspt.clone();
            if let Some(day) = dspt.and_then(|dspt| dspt.valid_until) {
                prop_assert!(day.parse::<Date>().is_ok());
            }
            for finding in &report.findings {
                prop_assert!(!finding.message.is_empty() && !finding.message.contains('{'), "{finding:?}");
            }
            prop_assert_eq!(&report, &self::report(form, &answers, &on(&today)));
        }
    }

    #[test]
    fn a_later_day_never_revives_a_declaration_that_is_out_of_date(
        edition in edition(), status in status(), published in day(), today in day(), later in 1_u16..1500
    ) {
        let answers = short(&edition, &status, &published);
        let first = report(Form::DsptDeclaration, &answers, &on(&today));
        let next: Date = today.parse().unwrap();
        // So many days later; days that are not there fall on the first of the next month.
        let next = Date::new(next.year() + later / 372, 1 + later / 31 % 12, 1 + later % 31)
            .or_else(|| Date::new(next.year() + later / 372, 2 + later / 31 % 12, 1)).unwrap();
        prop_assume!(next.to_string() > today);
        let after = report(Form::DsptDeclaration, &answers, &on(&next.to_string()));
        if has(&first, "DSPT-025") {
            prop_assert!(has(&after, "DSPT-025"), "{edition} of {published}: out of date on {today}, not on {next}");
            prop_assert_eq!(after.outcome, Outcome::Reject);
        }
        // The other way round: in force on a day, in force on each day before it on which it was published and open.
        if !has(&after, "DSPT-025") {
            prop_assert!(!has(&first, "DSPT-025"));
        }
    }

    #[test]
    fn the_last_day_in_force_depends_on_nothing_but_the_edition_and_is_the_last_day_that_is_accepted(
        edition in edition(), published in day(), today in day(), other_day in day()
    ) {
        let answers = short(&edition, "standards_met", &published);
        let read = |options: &Options| {
            report(Form::DsptDeclaration, &answers, options).dspt.and_then(|dspt| dspt.valid_until)
        };
        let until = read(&on(&today));
        prop_assert_eq!(&read(&on(&other_day)), &until);
        prop_assert_eq!(&read(&by("dars", &today)), &until);
        if let Some(until) = until {
            let last: Date = until.parse().unwrap();
            let on_last = report(Form::DsptDeclaration, &answers, &on(&until));
            prop_assert!(!has(&on_last, "DSPT-025"));
            // Every last day so far is the end of a month.
            let after = Date::new(last.year(), if until.contains("-06-") { 7 } else { 10 }, 1).unwrap();
            let after = report(Form::DsptDeclaration, &answers, &on(&after.to_string()));
            let refused = ["DSPT-022", "DSPT-023", "DSPT-024", "DSPT-025"];
            prop_assert!(refused.iter().any(|rule| has(&after, rule)), "{edition} of {published} after {until}");
        }
    }

    #[test]
    fn what_a_stricter_policy_accepts_the_default_accepts_and_says_the_same(
        edition in edition(), status in status(), published in day(), today in day(),
        policy in prop::sample::select(vec!["gp_connect", "api_onboarding", "dars"])
    ) {
        let answers = short(&edition, &status, &published);
        let strict = report(Form::DsptDeclaration, &answers, &by(policy, &today));
        let default = report(Form::DsptDeclaration, &answers, &by("ncrs_default", &today));
        if strict.outcome == Outcome::Accept {
            prop_assert_eq!(default, strict);
        }
    }

    #[test]
    fn asked_about_one_question_of_the_dspt_a_check_says_nothing_that_the_whole_form_would_not(
        edition in edition(), status in status(), published in day(), today in day(), version in "[1-9]",
        question in prop::sample::select(vec![
            "dspt.edition", "dspt.version", "dspt.status", "dspt.published_date", "dspt.plan_date", "dspt.audit_done",
            "declaration.date",
        ])
    ) {
        let mut answers = short(&edition, &status, &published);
        answers.push(("dspt.version".to_owned(), version));
        answers.push(("dspt.plan_date".to_owned(), "2026-06-01".to_owned()));
        let whole = report(Form::DsptDeclaration, &answers, &on(&today));
        let options = Options { only: Some(vec![question.to_owned()]), ..on(&today) };
        let one = report(Form::DsptDeclaration, &answers, &options);
        let expected: Vec<_> = whole.findings.into_iter().filter(|finding| finding.question == question).collect();
        prop_assert_eq!(one.findings, expected);
    }
}

#[test]
fn nhsmail_for_social_care_alone_accepts_more_than_the_default() {
    // So the law above is not one of every policy: an approaching organisation has no plan to give here.
    let answers = short("2025-26", "approaching_standards", "2026-06-15");
    let mild = report(
        Form::DsptDeclaration,
        &answers,
        &by("nhsmail_social_care", "2026-06-20"),
    );
    let default = report(Form::DsptDeclaration, &answers, &by("ncrs_default", "2026-06-20"));
    assert_eq!((mild.outcome, default.outcome), (Outcome::Accept, Outcome::Reject));
    assert!(has(&default, "DSPT-019") && has(&default, "DSPT-040"));
}
