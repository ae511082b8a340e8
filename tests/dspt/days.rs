//! Which editions are open and in force on each day from 2018 to 2028? Asked of the check, day by day.
//!
//! The answers stand in `tests/golden/dspt-days.txt`, one line for each run of days that are alike.

use std::fmt::Write as _;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Param;
use ncrs_form_check::{Context, Form, Report, check};

const GOLDEN: &str = "tests/golden/dspt-days.txt";
const BLESS: &str = "BLESS=1 cargo test --test dspt the_editions_of_each_day";

const EDITIONS: [&str; 9] = [
    "2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25", "2025-26", "2026-27",
];

/// Every day of these years, as a calendar on the wall has them. Kept apart from the code that is tested.
pub(crate) fn days(first: u16, last: u16) -> Vec<String> {
    let mut days = Vec::new();
    for year in first..=last {
        let leap = year % 4 == 0;
        for (month, length) in (1..).zip([31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            days.extend((1..=length).map(|day| format!("{year}-{month:02}-{day:02}")));
        }
    }
    days
}

/// What a check says of an edition that was published on a day.
fn asked(edition: &str, published: &str, context: &Context) -> Report {
    let answers = Answers::from_pairs([
        ("dspt.published", "yes"),
        ("dspt.edition", edition),
        ("dspt.status", "standards_met"),
        ("dspt.published_date", published),
    ]);
    check(Form::DsptDeclaration, &answers, context).unwrap()
}

fn has(report: &Report, rule: &str) -> bool {
    report.findings.iter().any(|finding| finding.rule == rule)
}

#[derive(Default, Clone, PartialEq, Eq)]
struct Picture {
    latest: Option<String>,
    not_open: Vec<&'static str>,
    in_force: Vec<&'static str>,
    runs_out_soon: Vec<&'static str>,
    late: Vec<&'static str>,
    by_hand: bool,
}

impl Picture {
    fn line(&self) -> String {
        let list = |editions: &[&str]| match editions {
            [] => "none".to_owned(),
            some => some.join(", "),
        };
        let next = match self.not_open.first() {
            Some(next) => format!("opens next: {next}"),
            None if self.by_hand => "later editions: by hand".to_owned(),
            None => "later editions: an error".to_owned(),
        };
        let mut line = format!(
            "latest open: {}  in force: {}",
            self.latest.as_deref().unwrap_or("none"),
            list(&self.in_force)
        );
        for (what, editions) in [
            ("runs out within 60 days", &self.runs_out_soon),
            ("late if published today", &self.late),
        ] {
            if !editions.is_empty() {
                write!(line, "  {what}: {}", list(editions)).unwrap();
            }
        }
        format!("{line}  {next}")
    }
}

/// The picture of every day. An edition that is not open yet is asked again each day, one after it is not asked before; one
/// that has run out is asked again on the first of each month: that no later day revives it is a law of its own. The day on which an edition opened is learned from the check too: on it and not before, a
/// publication of that day is no longer refused as one of an edition that has not opened.
fn pictures() -> Vec<(String, Picture)> {
    let mut opened: [Option<String>; 9] = Default::default();
    let mut run_out = [false; 9];
    let mut pictures = Vec::new();
    for today in days(2018, 2028) {
        let context = Context::new(today.parse().unwrap());
        let mut picture = Picture::default();
        for ((edition, opened), run_out) in EDITIONS.into_iter().zip(&mut opened).zip(&mut run_out) {
            if !picture.not_open.is_empty() {
                picture.not_open.push(edition);
                continue;
            }
            if *run_out && !today.ends_with("-01") {
                continue;
            }
            let report = asked(edition, opened.as_ref().unwrap_or(&today), &context);
            if has(&report, "DSPT-008") {
                picture.not_open.push(edition);
                continue;
            }
            let first_day = opened.get_or_insert_with(|| today.clone());
            if has(&report, "DSPT-025") {
                *run_out = true;
                continue;
            }
            assert!(!*run_out, "{edition} is in force again on {today}");
            // Nothing else may stand between a publication of the first day and being in force.
            for rule in [
                "DSPT-006", "DSPT-007", "DSPT-020", "DSPT-021", "DSPT-022", "DSPT-023", "DSPT-024",
            ] {
                assert!(!has(&report, rule), "{today}: {edition} of {first_day} has {rule}");
            }
            picture.in_force.push(edition);
            if has(&report, "DSPT-029") {
                picture.runs_out_soon.push(edition);
            }
            if has(&asked(edition, &today, &context), "DSPT-026") {
                picture.late.push(edition);
            }
        }
        let later = asked("2027-28", &today, &context);
        picture.by_hand = has(&later, "DSPT-080");
        assert_eq!(picture.by_hand, !has(&later, "DSPT-007"), "{today}");
        if picture.not_open.len() < EDITIONS.len() {
            // The example of an edition that cannot be read is the latest open one.
            let unreadable = asked("this year", &today, &context);
            let example = unreadable
                .findings
                .iter()
                .find(|finding| finding.rule == "DSPT-007")
                .unwrap();
            let Some((_, Param::Text(years))) = example.params.0.first() else {
                panic!("{today}: the example is missing");
            };
            let (first, second) = years.split_once(" to ").unwrap();
            picture.latest = Some(format!("{first}-{}", &second[2..]));
        }
        pictures.push((today, picture));
    }
    pictures
}

fn drawn(pictures: &[(String, Picture)]) -> String {
    let mut text = String::from(
        "The editions of the DSPT, day by day, as the check answers. A publication in force is one of the edition's first day.\n\n",
    );
    for run in pictures.chunk_by(|one, next| one.1 == next.1) {
        let (first, last) = (&run[0], &run[run.len() - 1]);
        writeln!(text, "{} to {}  {}", first.0, last.0, first.1.line()).unwrap();
    }
    text
}

#[test]
fn the_editions_of_each_day_from_2018_to_2028_are_those_of_the_golden_file() {
    let pictures = pictures();
    assert_eq!(pictures.len(), 4018, "11 years, 3 of them leap years");
    let drawn = drawn(&pictures);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(GOLDEN, &drawn).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    for (line, (expected, found)) in (1..).zip(golden.lines().zip(drawn.lines())) {
        assert_eq!(
            found, expected,
            "{GOLDEN}:{line} is stale; if the change is meant, run: {BLESS}"
        );
    }
    assert!(
        golden == drawn,
        "{GOLDEN} is stale; if the change is meant, run: {BLESS}"
    );

    // The table at the end of section 5 of the specification, in its own words.
    let on = |day: &str| {
        let picture = &pictures.iter().find(|(today, _)| today == day).unwrap().1;
        let latest = picture.latest.as_deref().unwrap();
        (latest, picture.in_force.join(", "), picture.by_hand)
    };
    let said = |latest, in_force: &str, by_hand| (latest, in_force.to_owned(), by_hand);
    assert_eq!(on("2026-06-30"), said("2025-26", "2024-25, 2025-26", false));
    for day in ["2026-07-01", "2026-08-31"] {
        assert_eq!(on(day), said("2025-26", "2025-26", false));
    }
    for day in ["2026-09-01", "2027-06-30"] {
        assert_eq!(on(day), said("2026-27", "2025-26, 2026-27", false));
    }
    assert_eq!(on("2027-07-01"), said("2026-27", "2026-27", true));
    assert_eq!(on("2028-06-30"), said("2026-27", "2026-27", true));
}
