//! Does a day mean the same however it is written, and what is said of a day that does not exist?

use ncrs_form_check::Report;
use ncrs_form_check::finding::DatePart::{self, Day, Month, Year};

use super::declared::Declared;

const DATES: [&str; 3] = ["dspt.published_date", "dspt.plan_date", "declaration.date"];

/// A declaration that asks for all three dates.
fn with_plan() -> Declared {
    Declared::good()
        .with("dspt.status", "approaching_standards")
        .with("dspt.plan_reference", "Plan 7")
        .with("dspt.plan_date", "2027-03-31")
}

fn reports(question: &str, iso: &str, others: &[Declared]) -> (Report, Vec<Report>) {
    let whole = with_plan().with(question, iso).report();
    (whole, others.iter().map(Declared::report).collect())
}

#[test]
fn a_date_in_three_parts_and_one_written_whole_give_the_same_report() {
    // Days on both sides of what the rules ask, so that equal reports are not all empty.
    let mut different = 0;
    for question in DATES {
        let mut told = Vec::new();
        for (iso, day, month, year) in [
            ("2026-06-05", "5", "6", "2026"),
            ("2025-09-17", "17", "9", "2025"),
            ("2026-07-01", "1", "7", "2026"),
            ("2026-11-23", "23", "11", "2026"),
            ("2024-02-29", "29", "2", "2024"),
        ] {
            let names = [
                "", "Jan", "February", "", "", "", "june", "JUL", "", "Sep", "", "November",
            ];
            let name = names[month.parse::<usize>().unwrap()];
            let padded = format!("{day:0>2}/{month:0>2}/{year}");
            let mut others = vec![
                with_plan().with(question, &padded),
                with_plan().with_parts(question, [day, month, year]),
                with_plan().with_parts(question, [&format!(" {day:0>2} "), &format!("{month:0>2}\u{a0}"), year]),
                with_plan().with_parts(question, [day, name, year]),
            ];
            for gap in ["/", ".", "-", " ", "\u{a0}", "\u{2011}"] {
                others.push(with_plan().with(question, &[day, month, year].join(gap)));
                others.push(with_plan().with(question, &[day, name, year].join(gap)));
            }
            let (whole, others) = reports(question, iso, &others);
            for other in others {
                assert_eq!(other, whole, "{question}: {iso}");
            }
            told.push(whole);
        }
        told.dedup();
        different += told.len();
    }
    assert!(different >= 9, "{different} different reports");
}

#[test]
fn a_day_that_does_not_exist_is_said_with_the_parts_to_mend() {
    let rules = ["DSPT-021", "DSPT-042", "DSPT-074"];
    let cases: &[([&str; 3], &[DatePart])] = &[
        (["31", "6", "2026"], &[Day]),
        (["29", "2", "2026"], &[Day]),
        (["29", "2", "1900"], &[Day]),
        (["31", "April", "2026"], &[Day]),
        (["32", "6", "2026"], &[Day]),
        (["0", "6", "2026"], &[Day]),
        (["1", "13", "2026"], &[Month]),
        (["1", "0", "2026"], &[Month]),
        (["1", "6", "26"], &[Year]),
        (["1", "6", "0999"], &[Year]),
        (["1", "Juni", "2026"], &[Month]),
        (["x", "y", "z"], &[Day, Month, Year]),
        (["", "6", "2026"], &[Day]),
        (["1", "", ""], &[Month, Year]),
        (["\u{200b}", "6", ""], &[Day, Year]),
    ];
    for (question, rule) in DATES.into_iter().zip(rules) {
        for (parts, mend) in cases {
            let declared = with_plan().with_parts(question, *parts);
            let of_the_day: Vec<_> = declared
                .findings()
                .into_iter()
                .filter(|finding| finding.question == question)
                .collect();
            assert_eq!(of_the_day.len(), 1, "{question}: {parts:?}");
            assert_eq!(of_the_day[0].rule, rule, "{question}: {parts:?}");
            assert_eq!(of_the_day[0].parts.as_deref(), Some(*mend), "{question}: {parts:?}");
        }
        for text in [
            "today",
            "15th June 2026",
            "2026/06/15",
            "15/6/26",
            "June 2026",
            "46188",
            "15/6/2026 12:44",
        ] {
            let declared = with_plan().with(question, text);
            let finding = declared
                .findings()
                .into_iter()
                .find(|finding| finding.question == question)
                .unwrap();
            assert_eq!(finding.rule, rule, "{question}: {text}");
            assert_eq!(
                finding.parts.as_deref(),
                Some(&[Day, Month, Year][..]),
                "{question}: {text}"
            );
        }
    }
}

#[test]
fn a_day_of_which_nothing_was_filled_in_is_missing_and_all_parts_are_to_mend() {
    for (question, rule) in DATES.into_iter().zip(["DSPT-020", "DSPT-041", "DSPT-073"]) {
        for declared in [
            with_plan().with(question, ""),
            with_plan().with_parts(question, ["", " ", "\u{200b}"]),
        ] {
            let finding = declared
                .findings()
                .into_iter()
                .find(|finding| finding.question == question)
                .unwrap();
            assert_eq!(finding.rule, rule);
            assert_eq!(finding.parts.as_deref(), Some(&[Day, Month, Year][..]));
        }
    }
}

#[test]
fn a_finding_about_a_real_day_names_all_its_parts() {
    let finding = Declared::good()
        .on("2027-07-01")
        .findings()
        .into_iter()
        .find(|finding| finding.rule == "DSPT-025");
    assert_eq!(finding.unwrap().parts.as_deref(), Some(&[Day, Month, Year][..]));
}
