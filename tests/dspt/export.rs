//! Does what the toolkit really published read as an edition and a status, and lie inside that edition's window?
//!
//! The rows are counts of the national exports; where they come from is in `SOURCES.md`.

use std::collections::BTreeMap;

use ncrs_form_check::ods::{CodeBox, OdsOptions, Verdict, check_with};

use super::declared::Declared;

/// Labels as the export writes them, and how many rows have each.
type Counts = BTreeMap<String, u32>;

struct Row {
    status: String,
    published: String,
    rows: u32,
}

fn rows(file: &str) -> Vec<Row> {
    let table = std::fs::read_to_string(format!("tests/dspt/{file}")).unwrap();
    let mut rows = Vec::new();
    for line in table.lines().skip(1) {
        let [status, published, count] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        rows.push(Row {
            status: status.to_owned(),
            published: published.to_owned(),
            rows: count.parse().unwrap(),
        });
    }
    rows
}

/// `21/22 Standards Met` is of 2021-22.
fn edition_of(status: &str) -> Option<String> {
    let (years, _) = status.split_once(' ')?;
    let (first, second) = years.split_once('/')?;
    Some(format!("20{first}-{second}"))
}

/// The rules that a row of an export may never meet: an edition or a status that is not understood, a year that is not
/// the edition's, a day that is no day or outside the window.
const NEVER: &[&str] = &[
    "DSPT-006", "DSPT-007", "DSPT-008", "DSPT-010", "DSPT-011", "DSPT-012", "DSPT-013", "DSPT-014", "DSPT-015",
    "DSPT-016", "DSPT-017", "DSPT-020", "DSPT-021", "DSPT-022", "DSPT-023", "DSPT-024",
];

/// One row has a status that its edition never had: Approaching Standards came with 2020-21. The statuses of plans that
/// were agreed before then were renamed in later exports. Its edition has long been out of force.
const RELABELLED: &str = "19/20 Approaching Standards";

struct Read {
    by_label: Counts,
    by_edition: Counts,
    by_rule: Counts,
    rows: u32,
}

/// Asks about every row on the day of the export. A status without a year has no edition, so the latest one stands for it.
fn read(file: &str, day_of_export: &str, latest: &str) -> Read {
    let mut read = Read {
        by_label: Counts::new(),
        by_edition: Counts::new(),
        by_rule: Counts::new(),
        rows: 0,
    };
    for row in rows(file) {
        let edition = edition_of(&row.status);
        let declared = Declared::short(edition.as_deref().unwrap_or(latest), &row.published)
            .with("dspt.status", &row.status)
            .on(day_of_export);
        let rules = declared.rules();
        let named = format!("{} on {:?}: {rules:?}", row.status, row.published);
        if row.status == RELABELLED {
            assert!(rules.contains(&"DSPT-013"), "{named}");
        } else if edition.is_some() {
            assert!(!rules.iter().any(|rule| NEVER.contains(rule)), "{named}");
            assert!(declared.valid_until().is_some(), "{named}");
        } else {
            // Not published: the status is understood, and there is no day to judge.
            assert!(rules.contains(&"DSPT-017"), "{named}");
            let about_the_day = rules.iter().filter(|rule| ("DSPT-020".."DSPT-030").contains(*rule));
            assert_eq!(about_the_day.count(), 0, "{named}");
            assert_eq!(declared.valid_until(), None, "{named}");
        }
        for rule in rules.iter().filter(|rule| ("DSPT-006".."DSPT-030").contains(*rule)) {
            *read.by_rule.entry((*rule).to_owned()).or_default() += row.rows;
        }
        *read.by_label.entry(row.status).or_default() += row.rows;
        *read
            .by_edition
            .entry(edition.unwrap_or_else(|| "none".to_owned()))
            .or_default() += row.rows;
        read.rows += row.rows;
    }
    read
}

fn told(counts: &Counts) -> Vec<(&str, u32)> {
    counts.iter().map(|(name, rows)| (name.as_str(), *rows)).collect()
}

#[test]
fn every_row_of_the_national_export_of_2022_reads_as_an_edition_and_a_status_inside_its_window() {
    let read = read("published-2022-09-09.tsv", "2022-09-09", "2022-23");
    assert_eq!(read.rows, 16_016);
    assert_eq!(
        told(&read.by_edition),
        [
            ("2018-19", 345),
            ("2019-20", 743),
            ("2020-21", 1418),
            ("2021-22", 12_008),
            ("2022-23", 197),
            ("none", 1305),
        ]
    );
    assert_eq!(
        told(&read.by_label),
        [
            ("18/19 Entry Level", 46),
            ("18/19 Standards Exceeded", 8),
            ("18/19 Standards Met", 291),
            ("19/20 Approaching Standards", 1),
            ("19/20 Entry Level", 262),
            ("19/20 Standards Exceeded", 14),
            ("19/20 Standards Met", 465),
            ("19/20 Standards Not Met", 1),
            ("20/21 Approaching Standards", 118),
            ("20/21 Entry Level", 21),
            ("20/21 Standards Exceeded", 141),
            ("20/21 Standards Met", 1137),
            ("20/21 Standards Not Met", 1),
            ("21/22 Approaching Standards", 303),
            ("21/22 Standards Exceeded", 801),
            ("21/22 Standards Met", 10_900),
            ("21/22 Standards Not Met", 4),
            ("22/23 Approaching Standards", 1),
            ("22/23 Standards Exceeded", 10),
            ("22/23 Standards Met", 185),
            ("22/23 Standards Not Met", 1),
            ("Not Published", 1305),
        ]
    );
    // What is left to say of them on that day.
    assert_eq!(
        told(&read.by_rule),
        [
            ("DSPT-013", 1),
            ("DSPT-017", 1305),
            // Entry Level 329, Standards Not Met 7.
            ("DSPT-018", 336),
            ("DSPT-019", 422),
            // Everything before 2021-22: its time ended on 30 June 2022.
            ("DSPT-025", 2506),
            ("DSPT-026", 946),
            ("DSPT-028", 114),
        ]
    );
}

#[test]
fn every_row_of_the_curated_export_of_2023_reads_as_an_edition_and_a_status_inside_its_window() {
    let read = read("published-2023-11-16.tsv", "2023-11-16", "2022-23");
    assert_eq!(read.rows, 258);
    assert_eq!(told(&read.by_edition), [("2022-23", 256), ("none", 2)]);
    assert_eq!(
        told(&read.by_label),
        [
            ("22/23 Approaching Standards", 58),
            ("22/23 Standards Exceeded", 26),
            ("22/23 Standards Met", 172),
            ("Not Published", 2),
        ]
    );
    // Approaching Standards is looked at; 23 were late; all were published within 12 months.
    assert_eq!(
        told(&read.by_rule),
        [("DSPT-017", 2), ("DSPT-019", 58), ("DSPT-026", 23)]
    );
}

/// The people who curated the export of 2023 made everything older than 2022-23 `Not Published`, and left the days.
#[test]
fn a_status_of_no_publication_takes_its_day_off_the_form_even_where_a_day_was_left() {
    let kept: Vec<Row> = rows("published-2023-11-16.tsv")
        .into_iter()
        .filter(|row| row.status == "Not Published")
        .collect();
    let days: Vec<&str> = kept.iter().map(|row| row.published.as_str()).collect();
    assert_eq!(days, ["31/03/2022", "28/06/2022"]);
    for day in days {
        let declared = Declared::good().on("2023-11-16").with("dspt.edition", "2022-23");
        let with_day = declared
            .clone()
            .with("dspt.status", "Not Published")
            .with("dspt.published_date", day);
        let without_day = declared
            .with("dspt.status", "Not Published")
            .with("dspt.published_date", "");
        assert_eq!(with_day.report(), without_day.report());
    }
}

#[test]
fn a_status_of_one_year_declared_for_another_is_told_so_for_every_label_of_the_export() {
    let mut labels = 0;
    for (status, edition) in rows("published-2022-09-09.tsv")
        .iter()
        .filter_map(|row| Some((row.status.clone(), edition_of(&row.status)?)))
        .collect::<BTreeMap<_, _>>()
    {
        let other = if edition == "2022-23" { "2021-22" } else { "2022-23" };
        let declared = Declared::short(other, "2022-09-01")
            .with("dspt.status", &status)
            .on("2022-09-09");
        assert!(declared.has("DSPT-012"), "{status} for {other}");
        labels += 1;
    }
    assert_eq!(labels, 21);
}

#[test]
fn no_odd_code_of_the_export_makes_anything_fail_and_only_two_are_refused() {
    let table = std::fs::read_to_string("tests/dspt/odd-codes.tsv").unwrap();
    let mut verdicts: BTreeMap<&str, u32> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [code, verdict, rules] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let options = OdsOptions {
            code_box: CodeBox::Dspt,
            ..OdsOptions::default()
        };
        let checked = check_with(code, &options);
        let found: Vec<&str> = checked.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(found.join(" "), rules, "{code}");
        let found = match checked.verdict {
            Verdict::Plausible => "plausible",
            Verdict::Unusual => "unusual",
            Verdict::Retired => "retired",
            Verdict::Impossible => "impossible",
            Verdict::Empty => "empty",
        };
        assert_eq!(found, verdict, "{code}");
        *verdicts.entry(verdict).or_default() += 1;

        // In a form the same is said of it, and nothing of the DSPT besides: the code is compared, not judged twice.
        let declared = Declared::good()
            .with("organisation.ods_code", code)
            .with("dspt.ods_code", code);
        assert_eq!(declared.rules(), [""; 0], "{code}");
        let of_the_code: Vec<&str> = declared
            .report()
            .findings
            .iter()
            .filter(|finding| finding.question == "dspt.ods_code")
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(of_the_code.join(" "), rules, "{code}");
    }
    let verdicts: Vec<(&str, u32)> = verdicts.into_iter().collect();
    assert_eq!(
        verdicts,
        [("impossible", 2), ("plausible", 31), ("retired", 4), ("unusual", 35)]
    );
}
