//! What is said the day before, on and the day after each boundary of each edition? dspt.md 5, one test for each line.
//!
//! The days come from the calendar of the specification, not from the table that the code was built from.

use super::days::days;
use super::declared::Declared;

struct Edition {
    name: String,
    opens: String,
    deadline: String,
    until: String,
    next_opens: Option<String>,
}

fn calendar() -> Vec<Edition> {
    let table = std::fs::read_to_string("tests/dspt/calendar.tsv").unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|column| *column == name).unwrap();
    let (opens, deadline, until) = (column("opens"), column("deadline"), column("in_force_until"));
    let editions: Vec<Edition> = (1..rows.len())
        .map(|at| Edition {
            name: rows[at][0].to_owned(),
            opens: rows[at][opens].to_owned(),
            deadline: rows[at][deadline].to_owned(),
            until: rows[at][until].to_owned(),
            next_opens: rows.get(at + 1).map(|next| next[opens].to_owned()),
        })
        .collect();
    assert_eq!(editions.len(), 9);
    editions
}

/// Counts days on the wall, so that no day of these tests comes from the code that is tested.
struct Wall(Vec<String>);

impl Wall {
    fn new() -> Self {
        Self(days(2017, 2030))
    }

    fn plus(&self, day: &str, days: i32) -> String {
        let at = self.0.binary_search_by(|known| known.as_str().cmp(day)).unwrap();
        self.0[usize::try_from(i32::try_from(at).unwrap() + days).unwrap()].clone()
    }

    /// The same day of another year. Not for 29 February.
    fn years(&self, day: &str, years: i32) -> String {
        let (year, rest) = day.split_once('-').unwrap();
        let same = format!("{}-{rest}", year.parse::<i32>().unwrap() + years);
        assert!(self.0.contains(&same), "{same}");
        same
    }
}

/// Gathers what was expected and not found.
struct Tried {
    rule: &'static str,
    wrong: Vec<String>,
    count: usize,
}

impl Tried {
    fn of(rule: &'static str) -> Self {
        Self {
            rule,
            wrong: Vec::new(),
            count: 0,
        }
    }

    fn expect(&mut self, fires: bool, declared: &Declared, what: &str) {
        self.count += 1;
        let rules = declared.rules();
        if rules.contains(&self.rule) != fires {
            let expected = if fires { "fires" } else { "is silent" };
            self.wrong
                .push(format!("{what}: {} {expected}; found {rules:?}", self.rule));
        }
    }

    fn published(&mut self, fires: bool, edition: &Edition, published: &str, today: &str) {
        let declared = Declared::short(&edition.name, published).on(today);
        self.expect(
            fires,
            &declared,
            &format!("{} published {published}, on {today}", edition.name),
        );
    }

    fn end(self, count: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert_eq!(self.count, count);
    }
}

#[test]
fn dspt_008_an_edition_can_be_declared_from_the_day_it_opens() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-008"));
    for edition in &calendar() {
        for (days, fires) in [(-1, true), (0, false), (1, false)] {
            let today = wall.plus(&edition.opens, days);
            tried.published(fires, edition, &today, &today);
        }
    }
    tried.end(27);
}

#[test]
fn dspt_022_a_publication_is_of_today_or_the_past() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-022"));
    for edition in &calendar() {
        for (days, fires) in [(-1, false), (0, false), (1, true)] {
            tried.published(fires, edition, &wall.plus(&edition.deadline, days), &edition.deadline);
        }
    }
    tried.end(27);
}

#[test]
fn dspt_023_a_publication_is_not_before_the_day_its_edition_opened() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-023"));
    for edition in &calendar() {
        for (days, fires) in [(-1, true), (0, false), (1, false)] {
            tried.published(fires, edition, &wall.plus(&edition.opens, days), &edition.deadline);
        }
    }
    tried.end(27);
}

#[test]
fn dspt_024_a_publication_is_not_after_the_day_the_next_edition_opened() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-024"));
    for edition in &calendar() {
        match &edition.next_opens {
            Some(opens) => {
                for (days, fires) in [(-1, false), (0, false), (1, true)] {
                    tried.published(fires, edition, &wall.plus(opens, days), &wall.plus(opens, 2));
                }
            }
            // The last edition has no end until a row is added.
            None => tried.published(false, edition, "2028-06-30", "2028-06-30"),
        }
    }
    tried.end(25);
}

#[test]
fn dspt_025_a_publication_is_in_force_until_the_deadline_day_of_the_next_edition() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-025"));
    for edition in &calendar() {
        for (days, fires) in [(-1, false), (0, false), (1, true), (400, true)] {
            tried.published(fires, edition, &edition.deadline, &wall.plus(&edition.until, days));
        }
    }
    tried.end(36);
}

#[test]
fn dspt_026_a_publication_after_the_deadline_is_late() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-026"));
    for edition in &calendar() {
        for (days, fires) in [(-1, false), (0, false), (1, true)] {
            let published = wall.plus(&edition.deadline, days);
            tried.published(fires, edition, &published, &wall.plus(&edition.deadline, 2));
        }
    }
    tried.end(27);
}

/// The latest day so that 12 months and a day later the edition is still in force, and a later one is open.
fn published_long_ago(edition: &Edition, wall: &Wall) -> String {
    let by_force = wall.plus(&wall.years(&edition.until, -1), -1);
    match &edition.next_opens {
        Some(opens) => by_force.min(opens.clone()),
        None => by_force,
    }
}

#[test]
fn dspt_027_a_capped_publication_of_an_earlier_edition_is_not_over_12_months_old() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-027"));
    for edition in &calendar() {
        let published = published_long_ago(edition, &wall);
        let later = wall.years(&published, 1);
        for (days, over) in [(-1, false), (0, false), (1, true)] {
            let today = wall.plus(&later, days);
            let declared = Declared::short(&edition.name, &published).on(&today);
            let what = format!("{} published {published}, on {today}", edition.name);
            // The latest open edition has no cap, and other policies have none at all.
            let capped = over && edition.next_opens.is_some();
            tried.expect(capped, &declared.clone().policy("dars"), &what);
            tried.expect(false, &declared, &what);
        }
    }
    tried.end(54);
}

#[test]
fn dspt_028_a_publication_exactly_12_months_ago_is_not_over_12_months_old() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-028"));
    for edition in &calendar() {
        let published = published_long_ago(edition, &wall);
        let later = wall.years(&published, 1);
        for (days, fires) in [(-1, false), (0, false), (1, true)] {
            let today = wall.plus(&later, days);
            tried.published(fires, edition, &published, &today);
            // DSPT-027 says it already, where a policy makes it an error.
            let declared = Declared::short(&edition.name, &published).on(&today).policy("dars");
            let told = fires && edition.next_opens.is_none();
            tried.expect(told, &declared, &format!("{} by dars on {today}", edition.name));
        }
    }
    tried.end(54);
}

#[test]
fn twelve_months_after_29_february_end_on_28_february() {
    for (edition, published, today, fires) in [
        ("2023-24", "2024-02-29", "2025-02-27", false),
        ("2023-24", "2024-02-29", "2025-02-28", false),
        ("2023-24", "2024-02-29", "2025-03-01", true),
        ("2023-24", "2024-02-28", "2025-02-28", false),
        ("2023-24", "2024-02-28", "2025-03-01", true),
        ("2022-23", "2023-02-28", "2024-02-28", false),
        ("2022-23", "2023-02-28", "2024-02-29", true),
        ("2022-23", "2023-03-01", "2024-02-29", false),
    ] {
        let declared = Declared::short(edition, published).on(today);
        assert_eq!(declared.has("DSPT-028"), fires, "{published} on {today}");
    }
}

#[test]
fn dspt_029_60_days_left_are_told_and_61_are_not() {
    let (wall, mut tried) = (Wall::new(), Tried::of("DSPT-029"));
    for edition in &calendar() {
        for (days, fires) in [(-61, false), (-60, true), (-59, true), (0, true), (1, false)] {
            tried.published(fires, edition, &edition.deadline, &wall.plus(&edition.until, days));
        }
    }
    tried.end(45);
    // 60 days before 30 June is 1 May.
    assert!(
        Declared::short("2025-26", "2026-06-15")
            .on("2027-05-01")
            .has("DSPT-029")
    );
    assert!(
        !Declared::short("2025-26", "2026-06-15")
            .on("2027-04-30")
            .has("DSPT-029")
    );
    assert_eq!(
        Declared::short("2025-26", "2026-06-15")
            .on("2027-05-01")
            .message("DSPT-029"),
        "The assessment runs out on 30 June 2027"
    );
}

#[test]
fn dspt_043_and_044_a_plan_ends_after_the_publication_and_has_not_passed() {
    let plan = |plan: &str| {
        Declared::good()
            .with("dspt.status", "approaching_standards")
            .with("dspt.plan_reference", "Plan 7")
            .with("dspt.plan_date", plan)
    };
    for (day, rules) in [
        ("2026-06-14", vec!["DSPT-019", "DSPT-043"]),
        ("2026-06-15", vec!["DSPT-019", "DSPT-044"]),
        ("2026-06-16", vec!["DSPT-019", "DSPT-044"]),
        ("2026-11-21", vec!["DSPT-019", "DSPT-044"]),
        ("2026-11-22", vec!["DSPT-019"]),
        ("2026-11-23", vec!["DSPT-019"]),
    ] {
        assert_eq!(plan(day).rules(), rules, "{day}");
    }
    // A publication that is no real day is not compared with.
    assert_eq!(
        plan("2026-06-14").with("dspt.published_date", "31/6/2026").rules(),
        ["DSPT-019", "DSPT-021", "DSPT-044"]
    );
}

#[test]
fn dspt_075_076_and_077_a_declaration_follows_the_publication_and_is_at_most_30_days_old() {
    for (declared, published, rules) in [
        ("2026-11-23", "2026-06-15", vec!["DSPT-075"]),
        ("2026-11-22", "2026-06-15", vec![]),
        ("2026-11-21", "2026-06-15", vec![]),
        // 30 days old is fine, 31 is told.
        ("2026-10-24", "2026-06-15", vec![]),
        ("2026-10-23", "2026-06-15", vec![]),
        ("2026-10-22", "2026-06-15", vec!["DSPT-077"]),
        ("2026-08-15", "2026-08-15", vec!["DSPT-026", "DSPT-077"]),
        ("2026-08-16", "2026-08-15", vec!["DSPT-026", "DSPT-077"]),
        ("2026-08-14", "2026-08-15", vec!["DSPT-026", "DSPT-076"]),
        // A publication of the future is not compared with.
        ("2026-11-20", "2026-11-23", vec!["DSPT-022"]),
    ] {
        let found = Declared::good()
            .with("dspt.published_date", published)
            .with("declaration.date", declared);
        assert_eq!(found.rules(), rules, "declared {declared}, published {published}");
    }
}
