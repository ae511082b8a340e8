//! Which statuses does the service accept? dspt.md 7: a row of data, never a rule.

use crate::context::one_of;
use crate::entries::{HostRow, Row};
use crate::fault::Fault;
use crate::tables::{POLICIES, PolicyRow, STATUSES};
use crate::text::{concat, joined, whole};

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
    #[inline(never)]
    pub(crate) fn named(name: &str, rows: &[Row]) -> Result<Self, Fault> {
        let mut found = POLICIES.iter().find(|row| row.policy == name).map(Self::built_in);
        let mut names: Vec<&str> = POLICIES.iter().map(|row| row.policy).collect();
        for (at, row) in rows.iter().enumerate() {
            let own = row.get("policy").map(|own| own.trim()).unwrap_or_default();
            let policy = Self::read(&HostRow {
                option: "options.policies",
                at,
                row,
            })?;
            if !names.contains(&own) {
                names.push(own);
            }
            if own == name {
                found = Some(policy);
            }
        }
        found.ok_or_else(|| Fault::expected("options.policy", &one_of(&names), name))
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

    fn read(row: &HostRow<'_>) -> Result<Self, Fault> {
        row.column("policy")?;
        let (accepted, review) = (statuses(row, "accepted")?, statuses(row, "review")?);
        for (status, number) in STATUSES.iter().zip(0..) {
            if accepted & review & bit(number) != 0 {
                let found = concat(&["\"", status.key, "\" in both accepted and review"]);
                return Err(Fault::new(&[
                    &row.place(),
                    ": expected each status in one list, found ",
                    &found,
                ]));
            }
        }
        if accepted | review == 0 {
            return Err(Fault::expected_some(&row.place(), "a status in accepted or review"));
        }
        // Rejected is for the reader and may be left out; but what stands there is a status.
        for key in row.row.get("rejected").into_iter().flat_map(|keys| listed(keys)) {
            if place(key).is_none() {
                let keys: Vec<&str> = STATUSES.iter().map(|status| status.key).collect();
                return Err(unknown(row, "rejected", &keys, key));
            }
        }
        let plan_details_needed = match row.column("plan_details_needed")? {
            "yes" => true,
            "no" => false,
            other => return Err(row.wrong("plan_details_needed", "yes or no", other)),
        };
        let column = "previous_edition_max_age_months";
        let previous_edition_max_age_months = match row.column(column)? {
            "-" => None,
            months => match whole(months) {
                Some(number @ 1..=60) => u8::try_from(number).ok(),
                _ => return Err(row.wrong(column, "- or a whole number from 1 to 60", months)),
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

/// The statuses of one cell, as bits.
fn statuses(row: &HostRow<'_>, column: &str) -> Result<u16, Fault> {
    let mut bits = 0;
    for key in listed(row.column(column)?) {
        match place(key).filter(|_| JUDGED.contains(&key)) {
            Some(status) => bits |= bit(status),
            None => return Err(unknown(row, column, JUDGED, key)),
        }
    }
    Ok(bits)
}

fn unknown(row: &HostRow<'_>, column: &str, keys: &[&str], key: &str) -> Fault {
    row.wrong(column, &concat(&["statuses out of ", &joined(keys, ", ")]), key)
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
