//! Is the DSPT's calendar whole, and do policies, statuses and sectors name only what exists?

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::questions::Words;
use super::{Header, Places, Problem, Sources, Written, is_day};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    table: Header,
    edition: Vec<Edition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "bases and last_seen_published are evidence for the reader")]
struct Edition {
    edition: Spanned<String>,
    version: Spanned<u8>,
    label: Spanned<String>,
    opens: Spanned<String>,
    opens_basis: String,
    deadline: Spanned<String>,
    deadline_basis: String,
    last_seen_published: Option<String>,
    in_force_until: Spanned<String>,
    in_force_basis: String,
    confirmed: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policies {
    table: Header,
    policy: Vec<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "rejected and basis are for the reader")]
struct Policy {
    policy: Spanned<String>,
    accepted: Vec<Spanned<String>>,
    review: Vec<Spanned<String>>,
    rejected: Vec<Spanned<String>>,
    plan_details_needed: Spanned<String>,
    previous_edition_max_age_months: Option<Spanned<u8>>,
    basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statuses {
    table: Header,
    status: Vec<Status>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    key: Spanned<String>,
    value: Spanned<String>,
    label: Words,
    accepted_texts: Vec<Spanned<String>>,
    versions: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sectors {
    table: Header,
    sector: Vec<Sector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sector {
    value: Spanned<String>,
    accepted_texts: Vec<Spanned<String>>,
    versions_1_to_6: Vec<u8>,
    versions_7_on: Vec<u8>,
}

/// Statuses a policy may accept or look at; the others are never a full assessment.
const JUDGED_BY_POLICY: &[&str] = &[
    "met",
    "exceeded",
    "approaching",
    "plan_agreed",
    "not_met",
    "entry_level",
];

/// Judges the four tables. The values of the statuses, which are the options of `dspt.status`.
pub(super) fn judge(sources: &Sources, written: &mut Written, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut values = Vec::new();
    match sources.table::<Calendar>("dspt-calendar.toml") {
        Ok(table) => {
            table.rows.table.judge(&table.places, problems);
            written.headers.push_str(&table.rows.table.written());
            calendar(&table.rows.edition, &table.places, written, problems);
        }
        Err(problem) => problems.push(problem),
    }
    match sources.table::<Statuses>("dspt-statuses.toml") {
        Ok(table) => {
            table.rows.table.judge(&table.places, problems);
            written.headers.push_str(&table.rows.table.written());
            statuses(&table.rows.status, &table.places, written, problems);
            values = table
                .rows
                .status
                .iter()
                .map(|status| status.value.get_ref().clone())
                .collect();
            let keys: Vec<&str> = table
                .rows
                .status
                .iter()
                .map(|status| status.key.get_ref().as_str())
                .collect();
            match sources.table::<Policies>("dspt-policies.toml") {
                Ok(table) => {
                    table.rows.table.judge(&table.places, problems);
                    written.headers.push_str(&table.rows.table.written());
                    policies(&table.rows.policy, &keys, &table.places, written, problems);
                }
                Err(problem) => problems.push(problem),
            }
        }
        Err(problem) => problems.push(problem),
    }
    match sources.table::<Sectors>("dspt-sectors.toml") {
        Ok(table) => {
            table.rows.table.judge(&table.places, problems);
            written.headers.push_str(&table.rows.table.written());
            let options = options_of_sector(sources);
            sectors(&table.rows.sector, options.as_deref(), &table.places, written, problems);
        }
        Err(problem) => problems.push(problem),
    }
    values
}

/// The options that the declaration has for `dspt.sector`. A file that cannot be read is reported where questions are.
fn options_of_sector(sources: &Sources) -> Option<Vec<String>> {
    let file: toml::Table = sources.0.get("sections/dspt-declaration/dspt.toml")?.parse().ok()?;
    let questions = file.get("question")?.as_array()?;
    let sector = questions
        .iter()
        .find(|question| question.get("id").and_then(toml::Value::as_str) == Some("dspt.sector"))?;
    let options = sector.get("options")?.as_array()?;
    let values = options.iter().filter_map(|option| option.get("value")?.as_str());
    Some(values.map(str::to_owned).collect())
}

fn calendar(editions: &[Edition], places: &Places, written: &mut Written, problems: &mut Vec<Problem>) {
    let mut rows = String::new();
    let mut before: Option<&Edition> = None;
    for row in editions {
        let edition = row.edition.get_ref();
        let years: Vec<&str> = edition.split('-').collect();
        let first = years.first().and_then(|year| year.parse::<u16>().ok());
        let fits = matches!((first, years.as_slice()), (Some(first), [long, short])
            if long.len() == 4 && short.len() == 2 && short.parse() == Ok((first + 1) % 100));
        if !fits {
            problems.push(places.problem(
                &row.edition,
                format!("\"{edition}\" is not an edition"),
                "write two years that follow each other, like 2026-27",
            ));
        }
        let label = edition.get(2..).unwrap_or_default().replace('-', "/");
        if fits && *row.label.get_ref() != label {
            problems.push(places.problem(
                &row.label,
                format!("\"{}\" is not how the toolkit writes {edition}", row.label.get_ref()),
                format!("write {label}"),
            ));
        }
        for day in [&row.opens, &row.deadline, &row.in_force_until] {
            if !is_day(day.get_ref()) {
                problems.push(places.problem(
                    day,
                    format!("\"{}\" is not a day", day.get_ref()),
                    "write a real day as YYYY-MM-DD",
                ));
            }
        }
        // Days written YYYY-MM-DD sort as texts.
        if row.deadline.get_ref() < row.opens.get_ref() {
            problems.push(places.problem(
                &row.deadline,
                format!("the deadline of {edition} is before it opens"),
                "check both days",
            ));
        }
        if row.in_force_until.get_ref() < row.deadline.get_ref() {
            problems.push(places.problem(
                &row.in_force_until,
                format!("{edition} is in force until a day before its deadline"),
                "check both days",
            ));
        }
        if let Some(before) = before {
            if row.edition.get_ref() <= before.edition.get_ref() || row.opens.get_ref() <= before.opens.get_ref() {
                problems.push(places.problem(
                    &row.edition,
                    format!("{edition} does not follow {}", before.edition.get_ref()),
                    "keep the rows in the order in which editions opened",
                ));
            }
            let previous = before
                .edition
                .get_ref()
                .split('-')
                .next()
                .and_then(|year| year.parse::<u16>().ok());
            if fits
                && first
                    .zip(previous)
                    .is_some_and(|(first, previous)| first > previous.saturating_add(1))
            {
                problems.push(places.problem(
                    &row.edition,
                    format!("there is a gap between {} and {edition}", before.edition.get_ref()),
                    "add the edition between them",
                ));
            }
            if Some(*row.version.get_ref()) != before.version.get_ref().checked_add(1) {
                problems.push(places.problem(
                    &row.version,
                    format!(
                        "version {} does not follow version {}",
                        row.version.get_ref(),
                        before.version.get_ref()
                    ),
                    "each edition is the next version",
                ));
            }
            if row.deadline.get_ref() <= before.deadline.get_ref() {
                problems.push(places.problem(
                    &row.deadline,
                    format!(
                        "the deadline of {edition} does not follow that of {}",
                        before.edition.get_ref()
                    ),
                    "check both deadlines",
                ));
            }
            if row.in_force_until.get_ref() <= before.in_force_until.get_ref() {
                problems.push(places.problem(
                    &row.in_force_until,
                    format!(
                        "{edition} runs out before {} does, or on the same day",
                        before.edition.get_ref()
                    ),
                    "check both days",
                ));
            }
            if row.opens.get_ref() > before.in_force_until.get_ref() {
                problems.push(places.problem(
                    &row.opens,
                    format!("no edition is in force before {edition} opens"),
                    "let the edition before it be in force until then",
                ));
            }
        }
        if !matches!(row.confirmed.get_ref().as_str(), "yes" | "no" | "day-unconfirmed") {
            problems.push(places.problem(
                &row.confirmed,
                format!(
                    "\"{}\" does not say whether {edition} is confirmed",
                    row.confirmed.get_ref()
                ),
                "write yes, no or day-unconfirmed",
            ));
        }
        before = Some(row);
        rows.push_str(&format!(
            "    EditionRow {{ edition: {edition:?}, first_year: {}, version: {}, opens: {}, deadline: {}, in_force_until: {}, confirmed: {:?} }},\n",
            first.unwrap_or_default(),
            row.version.get_ref(),
            day(row.opens.get_ref()),
            day(row.deadline.get_ref()),
            day(row.in_force_until.get_ref()),
            row.confirmed.get_ref()
        ));
    }
    written
        .rows
        .push_str(&format!("pub(crate) static CALENDAR: &[EditionRow] = &[\n{rows}];\n\n"));
}

/// `2026-06-30` as Rust. A text that is no day was reported already.
fn day(text: &str) -> String {
    let parts: Vec<u16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [year, month, day] => format!("Date::known({year}, {month}, {day})"),
        _ => "Date::known(1000, 1, 1)".to_owned(),
    }
}

fn statuses(statuses: &[Status], places: &Places, written: &mut Written, problems: &mut Vec<Problem>) {
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    let mut names: Vec<&str> = Vec::new();
    let mut rows = String::new();
    for row in statuses {
        row.label.judge(places, problems);
        let value = row.value.get_ref();
        if names.contains(&row.key.get_ref().as_str()) {
            problems.push(places.problem(
                &row.key,
                format!("the status {} is there twice", row.key.get_ref()),
                "keep one row",
            ));
        }
        names.push(row.key.get_ref());
        // A page sends the value, and it is read like any other text.
        let read_as = value.replace('_', " ");
        if !row.accepted_texts.iter().any(|text| *text.get_ref() == read_as) {
            problems.push(places.problem(
                &row.value,
                format!("the value {value} is none of the texts of its own status"),
                format!("add \"{read_as}\" to accepted_texts"),
            ));
        }
        for text in &row.accepted_texts {
            let written_as = text.get_ref();
            if !is_tidy_status(written_as) {
                problems.push(places.problem(
                    text,
                    format!(
                        "nobody can write \"{written_as}\": statuses are read in small letters, with single spaces"
                    ),
                    "write it in small letters, one space between words, nothing at its ends and no full stop",
                ));
            }
            if let Some(other) = texts.insert(written_as, value) {
                problems.push(places.problem(
                    text,
                    format!("\"{written_as}\" stands for {other} and for {value}"),
                    "keep it in one row",
                ));
            }
        }
        let versions = row.versions.get_ref();
        let (first, last) = match versions.split_once('-') {
            _ if versions == "any" => (Some(0), Some(u8::MAX)),
            Some((first, "")) => (first.parse().ok(), Some(u8::MAX)),
            Some((first, last)) => (first.parse().ok(), last.parse().ok()),
            None => (None, None),
        };
        if first.is_none() || last.is_none() || first > last {
            problems.push(places.problem(
                &row.versions,
                format!("\"{versions}\" is not a range of versions"),
                "write any, 3- or 1-3",
            ));
        }
        rows.push_str(&format!(
            "    StatusRow {{ key: {:?}, label: {}, accepted_texts: {}, versions: ({}, {}) }},\n",
            row.key.get_ref(),
            row.label.rust(),
            pieces(&row.accepted_texts),
            first.unwrap_or_default(),
            last.unwrap_or_default()
        ));
    }
    written
        .rows
        .push_str(&format!("pub(crate) static STATUSES: &[StatusRow] = &[\n{rows}];\n\n"));
}

/// Texts with a `|` between each two, as Rust.
fn pieces(texts: &[Spanned<String>]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| text.get_ref().as_str()).collect();
    format!("{:?}", texts.join("|"))
}

/// As a status reads after tidying; dspt.md 3.3.
fn is_tidy_status(text: &str) -> bool {
    let single: Vec<&str> = text.split_whitespace().collect();
    !text.is_empty()
        && *text == text.to_lowercase()
        && *text == single.join(" ")
        && !text.contains('_')
        && !text.ends_with('.')
}

fn policies(policies: &[Policy], keys: &[&str], places: &Places, written: &mut Written, problems: &mut Vec<Problem>) {
    let mut rows = String::new();
    let mut names: Vec<&str> = Vec::new();
    for row in policies {
        let name = row.policy.get_ref().as_str();
        if names.contains(&name) {
            problems.push(places.problem(&row.policy, format!("the policy {name} is there twice"), "keep one row"));
        }
        names.push(name);
        for status in row.accepted.iter().chain(&row.review) {
            if !JUDGED_BY_POLICY.contains(&status.get_ref().as_str()) {
                problems.push(places.problem(
                    status,
                    format!("{name} cannot accept or review \"{}\"", status.get_ref()),
                    format!("name one of {}", JUDGED_BY_POLICY.join(", ")),
                ));
            }
        }
        for status in &row.rejected {
            if !keys.contains(&status.get_ref().as_str()) {
                problems.push(places.problem(
                    status,
                    format!("there is no status \"{}\"", status.get_ref()),
                    "name a key of dspt-statuses.toml",
                ));
            }
        }
        for status in &row.review {
            if row
                .accepted
                .iter()
                .any(|accepted| accepted.get_ref() == status.get_ref())
            {
                problems.push(places.problem(
                    status,
                    format!("{name} both accepts and reviews \"{}\"", status.get_ref()),
                    "keep it in one list",
                ));
            }
        }
        if row.accepted.is_empty() {
            problems.push(places.problem(
                &row.policy,
                format!("{name} accepts no status"),
                "name what a person must have in accepted",
            ));
        }
        // What is for the reader must be true too.
        let listed = |list: &[Spanned<String>], key: &str| list.iter().any(|other| other.get_ref() == key);
        for key in keys {
            let judged = listed(&row.accepted, key) || listed(&row.review, key);
            if judged == listed(&row.rejected, key) {
                let (what, fix) = if judged {
                    (
                        format!("{name} both takes and rejects \"{key}\""),
                        "keep it in one list",
                    )
                } else {
                    (
                        format!("{name} does not say what becomes of \"{key}\""),
                        "put it in one list",
                    )
                };
                problems.push(places.problem(&row.policy, what, fix));
            }
        }
        if !matches!(row.plan_details_needed.get_ref().as_str(), "yes" | "no") {
            problems.push(places.problem(
                &row.plan_details_needed,
                "plan_details_needed is neither yes nor no",
                "write yes or no",
            ));
        }
        if let Some(months) = &row.previous_edition_max_age_months
            && !(1..=60).contains(months.get_ref())
        {
            problems.push(places.problem(
                months,
                "the age in months is not from 1 to 60",
                "write 1 to 60, or leave it out",
            ));
        }
        let bits = |list: &[Spanned<String>]| {
            let places = keys.iter().zip(0..);
            places.fold(0_u16, |bits, (key, place)| bits | u16::from(listed(list, key)) << place)
        };
        rows.push_str(&format!(
            "    PolicyRow {{ policy: {name:?}, takes: Policy {{ accepted: {}, review: {}, plan_details_needed: {}, previous_edition_max_age_months: {:?} }} }},\n",
            bits(&row.accepted),
            bits(&row.review),
            row.plan_details_needed.get_ref() == "yes",
            row.previous_edition_max_age_months.as_ref().map(Spanned::get_ref)
        ));
    }
    if !names.contains(&"ncrs_default") {
        problems.push(Problem::new(
            &places.file,
            0,
            "the policy ncrs_default is missing",
            "put it back: it is used when none is named",
        ));
    }
    written
        .rows
        .push_str(&format!("pub(crate) static POLICIES: &[PolicyRow] = &[\n{rows}];\n\n"));
}

fn sectors(
    sectors: &[Sector],
    options: Option<&[String]>,
    places: &Places,
    written: &mut Written,
    problems: &mut Vec<Problem>,
) {
    let mut rows = String::new();
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for row in sectors {
        let value = row.value.get_ref().as_str();
        if options.is_some_and(|options| !options.iter().any(|option| option == value)) {
            problems.push(places.problem(
                &row.value,
                format!("no option of dspt.sector is {value}"),
                "use the value of an option, or add the option to sections/dspt-declaration/dspt.toml",
            ));
        }
        if let Some(other) = texts.insert(value, value) {
            problems.push(places.problem(
                &row.value,
                format!("\"{value}\" stands for {other} and for {value}"),
                "keep it in one row",
            ));
        }
        for text in &row.accepted_texts {
            if let Some(other) = texts.insert(text.get_ref(), value) {
                problems.push(places.problem(
                    text,
                    format!("\"{}\" stands for {other} and for {value}", text.get_ref()),
                    "keep it in one row",
                ));
            }
        }
        for category in row.versions_1_to_6.iter().chain(&row.versions_7_on) {
            if !(1..=4).contains(category) {
                problems.push(places.problem(
                    &row.value,
                    format!("{category} is not a DSPT category"),
                    "write 1, 2, 3 or 4",
                ));
            }
        }
        let option = options.and_then(|options| options.iter().position(|option| option == value));
        let bits = |categories: &[u8]| {
            let known = categories.iter().filter(|category| **category < 8);
            known.fold(0_u8, |bits, category| bits | 1 << category)
        };
        rows.push_str(&format!(
            "    SectorRow {{ option: {}, accepted_texts: {}, versions_1_to_6: {}, versions_7_on: {} }},\n",
            option.unwrap_or_default(),
            pieces(&row.accepted_texts),
            bits(&row.versions_1_to_6),
            bits(&row.versions_7_on)
        ));
    }
    written
        .rows
        .push_str(&format!("pub(crate) static SECTORS: &[SectorRow] = &[\n{rows}];\n\n"));
}
