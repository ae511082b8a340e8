//! What is said of a DSPT declaration? Rules DSPT-* that a row cannot say; dspt.md 3 to 6.

use super::calendar::Edition;
use crate::date::Date;
use crate::finding::Param;
use crate::form::checking::{At, Checking};
use crate::form::rules::Said;
use crate::form::value::{Value, option_text};
use crate::message::{Language, day_in_words, one_of_in_words, years_in_words};
use crate::organisation::same_code;
use crate::pds::is_named;
use crate::people::same_name;
use crate::tables::{Question, RuleId, SECTORS, STATUSES, SectorRow, StatusRow, question, rule};
use crate::text::{cut, pieces, tidied};

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

/// What stands at a question that stands once.
#[inline(never)]
fn answer<'a, 'b>(checking: &'b Checking<'a>, question: Question) -> &'b Value<'a> {
    checking.value(At::once(question))
}

fn status_value<'a, 'b>(checking: &'b Checking<'a>) -> &'b Value<'a> {
    answer(checking, question::DSPT_STATUS)
}

/// The edition that was chosen, with its place in the calendar.
fn edition<'b>(checking: &'b Checking<'_>) -> Option<(usize, &'b Edition)> {
    match answer(checking, question::DSPT_EDITION) {
        Value::Edition(at) => checking.context.calendar.get(*at).map(|edition| (*at, edition)),
        _ => None,
    }
}

fn day(checking: &Checking<'_>, question: Question) -> Option<Date> {
    match answer(checking, question) {
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
    ROLES.iter().all(|role| answer(checking, *role).is_blank())
}

/// The category, 1 to 4.
fn category(checking: &Checking<'_>) -> Option<u8> {
    match answer(checking, question::DSPT_CATEGORY) {
        Value::Option(number) => Some(number + 1),
        _ => None,
    }
}

/// The last day on which what was declared is in force; `report.dspt.valid_until`. dspt.md 3.4.
pub(crate) fn valid_until(checking: &Checking<'_>) -> Option<Date> {
    let published = answer(checking, question::DSPT_PUBLISHED).says(true);
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
    holds(rule, checking, at).then(|| params(rule, checking, checking.language_of(rule)))
}

fn holds(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let value = checking.value(at);
    if value.is_blank() && !MISSING_ROLES.contains(&rule) {
        return false;
    }
    let today = checking.context.today;
    match rule {
        rule::DSPT_007 => value.is_unreadable() && !is_for_a_person(checking, value),
        rule::DSPT_008 => edition(checking).is_some_and(|(_, edition)| !edition.is_open(today)),
        rule::DSPT_009 => open_edition(checking).is_some_and(|(_, edition)| {
            let right = u32::from(edition.version);
            !matches!(value, Value::Number(version) if *version == right)
        }),
        rule::DSPT_080 => is_for_a_person(checking, value),
        rule::DSPT_012 => names_another_year(checking),
        rule::DSPT_013 => was_not_used_then(checking),
        rule::DSPT_018 => match status_value(checking) {
            Value::Status { status, .. } => {
                let policy = &checking.context.policy;
                !policy.accepts(*status) && !policy.reviews(*status)
            }
            _ => false,
        },
        rule::DSPT_019 => is_reviewed(checking),
        rule::DSPT_030 | rule::DSPT_032 => {
            let (Some(own), Some(code)) = (checking.text_of(question::ORGANISATION_ODS_CODE), checking.text(at)) else {
                return false;
            };
            let same = same_code(own, code);
            if rule == rule::DSPT_032 {
                same
            } else {
                !same && is_named(checking, question::DSPT_PUBLISHED_BY, "own") && !is_department_of(own, code)
            }
        }
        rule::DSPT_052 => is_unusual_category(checking),
        rule::DSPT_060 => checking.is_required(at) && no_role_named(checking),
        rule::DSPT_061 | rule::DSPT_062 => {
            checking.is_required(at) && value.is_blank() && category(checking) == Some(1)
        }
        rule::DSPT_063 | rule::DSPT_064 => same_name(checking, question::DSPT_SIRO_NAME, at.question()),
        rule::DSPT_065 => checking
            .text(at)
            .is_some_and(|text| !crate::identifier::is_ico_number(text)),
        rule::DSPT_043 | rule::DSPT_044 | rule::DSPT_075 | rule::DSPT_076 | rule::DSPT_077 => {
            let Value::Date(date) = value else { return false };
            let published = day(checking, question::DSPT_PUBLISHED_DATE);
            match rule {
                rule::DSPT_043 => published.is_some_and(|published| *date < published),
                rule::DSPT_044 => *date < today,
                rule::DSPT_075 => *date > today,
                rule::DSPT_076 => published.is_some_and(|published| published <= today && *date < published),
                _ => today.days_after(*date) > OLD_DECLARATION,
            }
        }
        _ => publication_date(rule, checking),
    }
}

/// The rules on the day of publication; dspt.md 5. All but the first need an edition that is open.
fn publication_date(rule: RuleId, checking: &Checking<'_>) -> bool {
    let (context, today) = (checking.context, checking.context.today);
    let Some(published) = day(checking, question::DSPT_PUBLISHED_DATE) else {
        return false;
    };
    if rule == rule::DSPT_022 {
        return published > today;
    }
    let Some((at, edition)) = open_edition(checking) else {
        return false;
    };
    match rule {
        rule::DSPT_023 => published < edition.opens,
        rule::DSPT_024 => context.calendar.after(at).is_some_and(|next| published > next.opens),
        rule::DSPT_025 => today > edition.in_force_until,
        rule::DSPT_026 => published > edition.deadline,
        rule::DSPT_027 => context.policy.previous_edition_max_age_months.is_some_and(|months| {
            context.calendar.latest_open(today) != Some(at) && today > published.months_later(u16::from(months))
        }),
        rule::DSPT_028 => today > published.months_later(12),
        rule::DSPT_029 => edition.in_force_until.days_after(today) <= DAYS_LEFT,
        _ => false,
    }
}

/// What the message of a rule that fires is told.
#[inline(never)]
fn params(rule: RuleId, checking: &Checking<'_>, language: Language) -> Said {
    let context = checking.context;
    let mut said = Vec::new();
    let (name, text) = match rule {
        rule::DSPT_007 => {
            // Before the first edition opens there is no year to give, so the first one stands for an example.
            let example = context.calendar.latest_open(context.today).unwrap_or_default();
            let example = context.calendar.get(example);
            (
                "example",
                example.map(|edition| years_in_words(edition.first_year, language)),
            )
        }
        rule::DSPT_018 => {
            let mut accepted = Vec::new();
            let mut wanted = context.policy.wanted();
            for row in STATUSES {
                if wanted & 1 != 0 {
                    accepted.push(language.of(row.label));
                }
                wanted >>= 1;
            }
            ("accepted", Some(one_of_in_words(&accepted, language)))
        }
        rule::DSPT_019 => (
            "status",
            status_of(status_value(checking)).map(|status| language.of(status.label).to_owned()),
        ),
        rule::DSPT_027 => {
            let months = context.policy.previous_edition_max_age_months.unwrap_or_default();
            said.push(("months", Param::Number(u32::from(months))));
            return said;
        }
        rule::DSPT_009 | rule::DSPT_029 => {
            let Some((_, edition)) = edition(checking) else {
                return said;
            };
            if rule == rule::DSPT_029 {
                ("date", Some(day_in_words(edition.in_force_until, language)))
            } else {
                said.push(("edition", Param::Text(years_in_words(edition.first_year, language))));
                said.push(("version", Param::Number(u32::from(edition.version))));
                return said;
            }
        }
        _ => return said,
    };
    said.push((name, Param::Text(text.unwrap_or_default())));
    said
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

/// The DSPT of a department belongs to its organisation: the part before the first hyphen counts too. dspt.md 3.5.
fn is_department_of(own: &str, code: &str) -> bool {
    let tidy = tidied(code);
    cut(&tidy, b'-').is_some_and(|(first, _)| same_code(own, first))
}

fn is_unusual_category(checking: &Checking<'_>) -> bool {
    let Some(category) = category(checking) else {
        return false;
    };
    let sector = answer(checking, question::DSPT_SECTOR);
    let is_meant = |row: &&SectorRow| match sector {
        Value::Option(number) => row.option == *number,
        Value::OtherOption(text) => pieces(row.accepted_texts, b'|')
            .iter()
            .any(|accepted| option_text(accepted) == option_text(text)),
        _ => false,
    };
    let usual = SECTORS.iter().find(is_meant).map_or(0, |row| {
        let old = edition(checking).is_some_and(|(_, edition)| edition.version < NEW_CATEGORIES);
        if old { row.versions_1_to_6 } else { row.versions_7_on }
    });
    usual != 0 && usual.checked_shr(u32::from(category)).unwrap_or_default() & 1 == 0
}
