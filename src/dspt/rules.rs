//! What is said of a DSPT declaration? Rules DSPT-* that a row cannot say; dspt.md 3 to 6.

use super::calendar::Edition;
use crate::date::Date;
use crate::finding::Param;
use crate::form::checking::{At, Checking};
use crate::form::rules::Said;
use crate::form::value::{Value, option_text};
use crate::message::{day_in_words, one_of_in_words, years_in_words};
use crate::organisation::same_code;
use crate::pds::is_named;
use crate::people::same_name;
use crate::tables::{Question, RuleId, SECTORS, STATUSES, StatusRow, question, rule};
use crate::text::{cut, tidied};

/// The people of whom at least one is named.
pub(crate) const ROLES: &[Question] = &[
    question::DSPT_SIRO_NAME,
    question::DSPT_CALDICOTT_GUARDIAN_NAME,
    question::CONTACTS_DPO_NAME,
    question::DSPT_IG_LEAD_NAME,
];

/// From this version on an independent audit is asked of categories 1 and 2, and the categories are the new ones.
const NEW_CATEGORIES: u8 = 7;
/// A publication that has so many days left is told so.
const DAYS_LEFT: i32 = 60;
/// A declaration older than this is told so.
const OLD_DECLARATION: i32 = 30;

/// Statuses that stand for no publication, so have no date and put nothing in force.
const UNPUBLISHED: &[&str] = &["not_published", "in_progress", "igt"];

fn status_of(value: &Value<'_>) -> Option<&'static StatusRow> {
    match value {
        Value::Status { status, .. } => STATUSES.get(usize::from(*status)),
        _ => None,
    }
}

/// True when the status is one that has no date.
pub(crate) fn is_undated(value: &Value<'_>) -> bool {
    status_of(value).is_some_and(|status| UNPUBLISHED.contains(&status.key))
}

fn status_value<'a, 'b>(checking: &'b Checking<'a>) -> &'b Value<'a> {
    checking.value(At::once(question::DSPT_STATUS))
}

/// The edition that was chosen, with its place in the calendar.
fn edition<'b>(checking: &'b Checking<'_>) -> Option<(usize, &'b Edition)> {
    match checking.value(At::once(question::DSPT_EDITION)) {
        Value::Edition(at) => checking.context.calendar.get(*at).map(|edition| (*at, edition)),
        _ => None,
    }
}

fn day(checking: &Checking<'_>, question: Question) -> Option<Date> {
    match checking.value(At::once(question)) {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}

/// The edition that was chosen, if it is open: what is not open cannot be judged by its days. dspt.md 4.
fn open_edition<'b>(checking: &'b Checking<'_>) -> Option<(usize, &'b Edition)> {
    edition(checking).filter(|(_, edition)| edition.is_open(checking.context.today))
}

/// True when the host has switched the rule off, so that it leaves the word to no other.
fn is_off(checking: &Checking<'_>, rule: RuleId) -> bool {
    checking.context.changes.severity(rule).is_none()
}

/// DSPT-012: the toolkit writes the year in front of a status; it is another one.
fn names_another_year(checking: &Checking<'_>) -> bool {
    match (status_value(checking), edition(checking)) {
        (Value::Status { year: Some(year), .. }, Some((_, edition))) => *year != edition.first_year,
        _ => false,
    }
}

/// DSPT-013.
fn was_not_used_then(checking: &Checking<'_>) -> bool {
    match (status_of(status_value(checking)), edition(checking)) {
        (Some(status), Some((_, edition))) => {
            let (first, last) = status.versions;
            !(first..=last).contains(&edition.version)
        }
        _ => false,
    }
}

/// DSPT-019, before anything else has the word.
fn is_reviewed(checking: &Checking<'_>) -> bool {
    matches!(status_value(checking), Value::Status { status, .. } if checking.context.policy.reviews(*status))
}

/// `dspt_plan`: DSPT-019 fires, reported or not, and the policy wants details of the plan.
pub(crate) fn needs_plan(checking: &Checking<'_>) -> bool {
    checking.context.policy.plan_details_needed
        && is_reviewed(checking)
        && (is_off(checking, rule::DSPT_012) || !names_another_year(checking))
        && (is_off(checking, rule::DSPT_013) || !was_not_used_then(checking))
}

/// `dspt_audit`.
pub(crate) fn needs_audit(checking: &Checking<'_>) -> bool {
    category(checking).is_some_and(|category| category <= 2)
        && open_edition(checking).is_some_and(|(_, edition)| edition.version >= NEW_CATEGORIES)
}

/// `dspt_no_role_named`.
pub(crate) fn no_role_named(checking: &Checking<'_>) -> bool {
    ROLES.iter().all(|role| checking.value(At::once(*role)).is_blank())
}

/// The category, 1 to 4.
fn category(checking: &Checking<'_>) -> Option<u8> {
    match checking.value(At::once(question::DSPT_CATEGORY)) {
        Value::Option(number) => Some(number + 1),
        _ => None,
    }
}

/// The last day on which what was declared is in force; `report.dspt.valid_until`. dspt.md 3.4.
pub(crate) fn valid_until(checking: &Checking<'_>) -> Option<Date> {
    let published = *checking.value(At::once(question::DSPT_PUBLISHED)) == Value::YesNo(true);
    if !published || is_undated(status_value(checking)) {
        return None;
    }
    edition(checking).map(|(_, edition)| edition.in_force_until)
}

/// The rules that speak of a name that is missing, each in some cases only.
const MISSING_ROLES: &[RuleId] = &[rule::DSPT_060, rule::DSPT_061, rule::DSPT_062];

/// True when this rule speaks of missing names, but not of this one: a host that insists on a name that the toolkit
/// leaves open is served by the rules for any question.
pub(crate) fn leaves_missing(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    MISSING_ROLES.contains(&rule) && fires(rule, checking, at).is_none()
}

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    let value = checking.value(at);
    if value.is_blank() && !MISSING_ROLES.contains(&rule) {
        return None;
    }
    let today = checking.context.today;
    let plain = |fires: bool| fires.then(Vec::new);
    match rule {
        rule::DSPT_007 | rule::DSPT_008 | rule::DSPT_009 | rule::DSPT_080 => edition_line(rule, checking, value),
        rule::DSPT_012 => plain(names_another_year(checking)),
        rule::DSPT_013 => plain(was_not_used_then(checking)),
        rule::DSPT_018 => refused_status(rule, checking),
        rule::DSPT_019 => {
            let status = status_of(value).filter(|_| is_reviewed(checking))?;
            let label = checking.language_of(rule).of(status.label);
            Some(vec![("status", Param::Text(label.to_owned()))])
        }
        rule::DSPT_022
        | rule::DSPT_023
        | rule::DSPT_024
        | rule::DSPT_025
        | rule::DSPT_026
        | rule::DSPT_027
        | rule::DSPT_028
        | rule::DSPT_029 => publication_date(rule, checking),
        rule::DSPT_030 => plain(
            is_named(checking, question::DSPT_PUBLISHED_BY, "own")
                && match (checking.text_of(question::ORGANISATION_ODS_CODE), checking.text(at)) {
                    (Some(own), Some(code)) => !same_code(own, code) && !is_department_of(own, code),
                    _ => false,
                },
        ),
        rule::DSPT_032 => plain(
            match (checking.text_of(question::ORGANISATION_ODS_CODE), checking.text(at)) {
                (Some(own), Some(parent)) => same_code(own, parent),
                _ => false,
            },
        ),
        rule::DSPT_043 => plain(match (value, day(checking, question::DSPT_PUBLISHED_DATE)) {
            (Value::Date(plan), Some(published)) => *plan < published,
            _ => false,
        }),
        rule::DSPT_044 => plain(matches!(value, Value::Date(plan) if *plan < today)),
        rule::DSPT_052 => plain(is_unusual_category(checking)),
        rule::DSPT_060 => plain(checking.is_required(at) && no_role_named(checking)),
        rule::DSPT_061 | rule::DSPT_062 => {
            plain(checking.is_required(at) && value.is_blank() && category(checking) == Some(1))
        }
        rule::DSPT_063 | rule::DSPT_064 => plain(same_name(checking, question::DSPT_SIRO_NAME, at.question)),
        rule::DSPT_065 => plain(
            checking
                .text(at)
                .is_some_and(|text| !crate::identifier::is_ico_number(text)),
        ),
        rule::DSPT_075 | rule::DSPT_076 | rule::DSPT_077 => plain(declaration_date(rule, checking, value)),
        _ => None,
    }
}

fn edition_line(rule: RuleId, checking: &Checking<'_>, value: &Value<'_>) -> Option<Said> {
    let (calendar, today) = (&checking.context.calendar, checking.context.today);
    let words = |edition: &Edition| years_in_words(edition.first_year, checking.language_of(rule));
    match rule {
        rule::DSPT_007 if value.is_unreadable() && !is_for_a_person(checking, value) => {
            // Before the first edition opens there is no year to give, so the first one stands for an example.
            let example = calendar.latest_open(today).unwrap_or_default();
            let words = calendar.get(example).map(words).unwrap_or_default();
            Some(vec![("example", Param::Text(words))])
        }
        rule::DSPT_008 => edition(checking)
            .is_some_and(|(_, edition)| !edition.is_open(today))
            .then(Vec::new),
        rule::DSPT_009 => {
            let (_, edition) = open_edition(checking)?;
            let version = u32::from(edition.version);
            (*value != Value::Number(version)).then(|| {
                vec![
                    ("edition", Param::Text(words(edition))),
                    ("version", Param::Number(version)),
                ]
            })
        }
        rule::DSPT_080 => is_for_a_person(checking, value).then(Vec::new),
        _ => None,
    }
}

/// The calendar has run out, and this edition follows its last row: no error, whoever is told. dspt.md 3.4.
fn is_for_a_person(checking: &Checking<'_>, value: &Value<'_>) -> bool {
    let (calendar, today) = (&checking.context.calendar, checking.context.today);
    let Value::UnknownEdition(year) = value else {
        return false;
    };
    let follows = calendar.last().is_none_or(|last| *year > last.first_year);
    calendar.has_run_out(today) && follows && *year <= today.year()
}

fn refused_status(rule: RuleId, checking: &Checking<'_>) -> Option<Said> {
    let policy = &checking.context.policy;
    let Value::Status { status, .. } = status_value(checking) else {
        return None;
    };
    if policy.accepts(*status) || policy.reviews(*status) {
        return None;
    }
    let language = checking.language_of(rule);
    let accepted: Vec<&str> = policy
        .wanted()
        .filter_map(|status| STATUSES.get(usize::from(status)))
        .map(|status| language.of(status.label))
        .collect();
    Some(vec![("accepted", Param::Text(one_of_in_words(&accepted, language)))])
}

/// The rules on the day of publication; dspt.md 5. All but the first need an edition that is open.
fn publication_date(rule: RuleId, checking: &Checking<'_>) -> Option<Said> {
    let published = day(checking, question::DSPT_PUBLISHED_DATE)?;
    let (calendar, today) = (&checking.context.calendar, checking.context.today);
    if rule == rule::DSPT_022 {
        return (published > today).then(Vec::new);
    }
    let (at, edition) = open_edition(checking)?;
    match rule {
        rule::DSPT_023 => (published < edition.opens).then(Vec::new),
        rule::DSPT_024 => calendar
            .after(at)
            .is_some_and(|next| published > next.opens)
            .then(Vec::new),
        rule::DSPT_025 => (today > edition.in_force_until).then(Vec::new),
        rule::DSPT_026 => (published > edition.deadline).then(Vec::new),
        rule::DSPT_027 => {
            let months = checking.context.policy.previous_edition_max_age_months?;
            let too_old = calendar.latest_open(today) != Some(at) && today > published.months_later(u16::from(months));
            too_old.then(|| vec![("months", Param::Number(u32::from(months)))])
        }
        rule::DSPT_028 => (today > published.months_later(12)).then(Vec::new),
        rule::DSPT_029 => (edition.in_force_until.days_after(today) <= DAYS_LEFT).then(|| {
            let words = day_in_words(edition.in_force_until, checking.language_of(rule));
            vec![("date", Param::Text(words))]
        }),
        _ => None,
    }
}

/// The DSPT of a department belongs to its organisation: the part before the first hyphen counts too. dspt.md 3.5.
fn is_department_of(own: &str, code: &str) -> bool {
    let tidy = tidied(code);
    cut(&tidy, b'-').is_some_and(|(first, _)| same_code(own, first))
}

fn is_unusual_category(checking: &Checking<'_>) -> bool {
    let Some(category) = category(checking) else {
        return false;
    };
    let sector = match checking.value(At::once(question::DSPT_SECTOR)) {
        Value::Option(number) => question::DSPT_SECTOR
            .row()
            .options
            .text(*number)
            .and_then(|value| SECTORS.iter().find(|row| row.value == value)),
        Value::OtherOption(text) => SECTORS
            .iter()
            .find(|row| row.accepted_texts.iter().any(|accepted| option_text(accepted) == *text)),
        _ => None,
    };
    let usual = sector.map_or::<&[u8], _>(&[], |sector| {
        let old = edition(checking).is_some_and(|(_, edition)| edition.version < NEW_CATEGORIES);
        if old {
            sector.versions_1_to_6
        } else {
            sector.versions_7_on
        }
    });
    !usual.is_empty() && !usual.contains(&category)
}

fn declaration_date(rule: RuleId, checking: &Checking<'_>, value: &Value<'_>) -> bool {
    let Value::Date(declared) = value else { return false };
    let today = checking.context.today;
    match rule {
        rule::DSPT_075 => *declared > today,
        rule::DSPT_076 => day(checking, question::DSPT_PUBLISHED_DATE)
            .is_some_and(|published| published <= today && *declared < published),
        rule::DSPT_077 => today.days_after(*declared) > OLD_DECLARATION,
        _ => false,
    }
}
