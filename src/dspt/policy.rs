//! Which statuses does the service accept? dspt.md 7: a row of data, never a rule.

use super::calendar::whole_number;
use crate::entries::Row;
use crate::fault::Fault;
use crate::tables::{POLICIES, PolicyRow, STATUSES};

/// The policy that is used when none is named.
pub(crate) const DEFAULT: &str = "ncrs_default";

/// Statuses that a policy may accept or look at.
const JUDGED: &[&str] = &[
    "met",
    "exceeded",
    "approaching",
    "plan_agreed",
    "not_met",
    "entry_level",
];

/// What one service accepts. Statuses are bits, by their place in the table of statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    accepted: u16,
    review: u16,
    pub(crate) plan_details_needed: bool,
    pub(crate) previous_edition_max_age_months: Option<u8>,
}

impl Default for Policy {
    fn default() -> Self {
        let row = POLICIES.iter().find(|row| row.policy == DEFAULT);
        // The build script refuses policies without the default.
        row.map_or(
            Self {
                accepted: 0,
                review: 0,
                plan_details_needed: false,
                previous_edition_max_age_months: None,
            },
            Self::built_in,
        )
    }
}

impl Policy {
    pub(crate) fn accepts(&self, status: u8) -> bool {
        self.accepted & bit(status) != 0
    }

    pub(crate) fn reviews(&self, status: u8) -> bool {
        self.review & bit(status) != 0
    }

    /// What a person is told to have, in the order of the table: the accepted statuses, or where a person looks at
    /// every one, those.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = u8> {
        let wanted = if self.accepted == 0 { self.review } else { self.accepted };
        (0..16).filter(move |status| wanted & bit(*status) != 0)
    }

    /// The policy of that name: a row of the host, or one that is built in.
    pub(crate) fn named(name: &str, rows: &[Row]) -> Result<Self, Fault> {
        let mut found = POLICIES.iter().find(|row| row.policy == name).map(Self::built_in);
        let mut names: Vec<&str> = POLICIES.iter().map(|row| row.policy).collect();
        for (at, row) in rows.iter().enumerate() {
            let own = row.get("policy").map(|own| own.trim()).unwrap_or_default();
            let policy = Self::read(at, row)?;
            if !names.contains(&own) {
                names.push(own);
            }
            if own == name {
                found = Some(policy);
            }
        }
        found.ok_or_else(|| {
            Fault::new(format_args!(
                "options.policy: expected one of {}, found \"{name}\"",
                names.join(", ")
            ))
        })
    }

    fn built_in(row: &'static PolicyRow) -> Self {
        let bits = |keys: &[&str]| {
            keys.iter()
                .filter_map(|key| place(key))
                .map(bit)
                .fold(0, |all, one| all | one)
        };
        Self {
            accepted: bits(row.accepted),
            review: bits(row.review),
            plan_details_needed: row.plan_details_needed,
            previous_edition_max_age_months: row.previous_edition_max_age_months,
        }
    }

    fn read(at: usize, row: &Row) -> Result<Self, Fault> {
        // A blank cell of a file is a column that was left out; an empty list is written `-`.
        let column = |name: &str| {
            let text = row.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
            text.ok_or_else(|| {
                Fault::new(format_args!(
                    "options.policies[{at}]: expected the column \"{name}\" and found none"
                ))
            })
        };
        column("policy")?;
        let unknown = |name: &str, keys: &[&str], key: &str| {
            Fault::new(format_args!(
                "options.policies[{at}].{name}: expected statuses out of {}, found \"{key}\"",
                keys.join(", ")
            ))
        };
        let statuses = |name: &str| {
            let mut bits = 0;
            for key in listed(column(name)?) {
                match place(key).filter(|_| JUDGED.contains(&key)) {
                    Some(status) => bits |= bit(status),
                    None => return Err(unknown(name, JUDGED, key)),
                }
            }
            Ok(bits)
        };
        let (accepted, review) = (statuses("accepted")?, statuses("review")?);
        if let Some(both) = STATUSES
            .iter()
            .zip(0..)
            .find(|(_, status)| accepted & review & bit(*status) != 0)
        {
            return Err(Fault::new(format_args!(
                "options.policies[{at}]: expected each status in one list, found \"{}\" in both accepted and review",
                both.0.key
            )));
        }
        if accepted | review == 0 {
            return Err(Fault::new(format_args!(
                "options.policies[{at}]: expected a status in accepted or review, found none"
            )));
        }
        // Rejected is for the reader and may be left out; but what stands there is a status.
        if let Some(key) = row
            .get("rejected")
            .and_then(|keys| listed(keys).find(|key| place(key).is_none()))
        {
            let keys: Vec<&str> = STATUSES.iter().map(|status| status.key).collect();
            return Err(unknown("rejected", &keys, key));
        }
        let plan_details_needed = match column("plan_details_needed")? {
            "yes" => true,
            "no" => false,
            other => {
                return Err(Fault::new(format_args!(
                    "options.policies[{at}].plan_details_needed: expected yes or no, found \"{other}\""
                )));
            }
        };
        let previous_edition_max_age_months = match column("previous_edition_max_age_months")? {
            "-" => None,
            months => match whole_number(months) {
                Some(number @ 1..=60) => Some(number),
                _ => {
                    return Err(Fault::new(format_args!(
                        "options.policies[{at}].previous_edition_max_age_months: expected - or a whole number from 1 to 60, found \"{months}\""
                    )));
                }
            },
        };
        Ok(Self {
            accepted,
            review,
            plan_details_needed,
            previous_edition_max_age_months,
        })
    }
}

/// The keys of one cell. `-` stands for none.
fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_whitespace().filter(|key| *key != "-")
}

fn bit(status: u8) -> u16 {
    1_u16.checked_shl(u32::from(status)).unwrap_or(0)
}

fn place(key: &str) -> Option<u8> {
    STATUSES
        .iter()
        .position(|row| row.key == key)
        .and_then(|at| u8::try_from(at).ok())
}
