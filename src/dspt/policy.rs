//! Which statuses does the service accept? dspt.md 7: a row of data, never a rule.

use crate::context::one_of;
use crate::fault::Fault;
use crate::setting::{HostRow, Setting};
use crate::tables::{POLICIES, STATUSES};
use crate::text::{concat, cut_where, is_white_space, joined, whole};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) accepted: u16,
    pub(crate) review: u16,
    pub(crate) plan_details_needed: bool,
    pub(crate) previous_edition_max_age_months: Option<u8>,
}

impl Policy {
    pub(crate) fn accepts(&self, status: u8) -> bool {
        self.accepted & bit(status) != 0
    }

    pub(crate) fn reviews(&self, status: u8) -> bool {
        self.review & bit(status) != 0
    }

    /// What a person is told to have: the accepted statuses, or where a person looks at every one, those.
    pub(crate) fn wanted(&self) -> u16 {
        if self.accepted == 0 { self.review } else { self.accepted }
    }

    /// The policy of that name that is built in.
    pub(crate) fn built_in(name: &str) -> Option<Self> {
        POLICIES.iter().find(|row| row.policy == name).map(|row| row.takes)
    }

    /// The policy of that name: a row of the host, or one that is built in.
    #[inline(never)]
    pub(crate) fn named(name: &str, rows: &[Setting]) -> Result<Self, Fault> {
        let mut found = Self::built_in(name);
        let mut names = Vec::new();
        for row in POLICIES {
            names.push(row.policy);
        }
        for (at, row) in rows.iter().enumerate() {
            let row = HostRow {
                option: "options.policies",
                at,
                row,
            };
            let own = row.column("policy")?;
            let policy = Self::read(&row)?;
            if !names.contains(&own) {
                names.push(own);
            }
            if own == name {
                found = Some(policy);
            }
        }
        found.ok_or_else(|| Fault::expected("options.policy", &one_of(&names), name))
    }

    #[inline(never)]
    fn read(row: &HostRow<'_>) -> Result<Self, Fault> {
        let mut policy = Self::default();
        for (at, column) in COLUMNS.iter().enumerate() {
            let cell = row.column(column)?;
            let wanted = match at {
                0 => continue,
                1 => {
                    policy.accepted = statuses(row, column, cell, JUDGED)?;
                    continue;
                }
                2 => {
                    policy.review = statuses(row, column, cell, JUDGED)?;
                    policy.judge(row)?;
                    continue;
                }
                3 if cell == "no" => continue,
                3 if cell == "yes" => {
                    policy.plan_details_needed = true;
                    continue;
                }
                3 => "yes or no",
                _ if cell == "-" => continue,
                _ => {
                    if let Some(months @ 1..=60) = whole(cell).and_then(|months| u8::try_from(months).ok()) {
                        policy.previous_edition_max_age_months = Some(months);
                        continue;
                    }
                    "- or a whole number from 1 to 60"
                }
            };
            return Err(row.wrong(column, wanted, cell));
        }
        Ok(policy)
    }

    /// Each status is in one list, and there is one.
    fn judge(&self, row: &HostRow<'_>) -> Result<(), Fault> {
        let mut keys = Vec::new();
        for status in STATUSES {
            if self.accepted & self.review & bit_of(status.key) != 0 {
                let found = concat(&["\"", status.key, "\" in both accepted and review"]);
                return Err(Fault::new(&[
                    &row.place(),
                    ": expected each status in one list, found ",
                    &found,
                ]));
            }
            keys.push(status.key);
        }
        if self.accepted | self.review == 0 {
            return Err(Fault::expected_some(&row.place(), "a status in accepted or review"));
        }
        // Rejected is for the reader and may be left out; but what stands there is a status.
        if let Some(cell) = row.row.get("rejected") {
            statuses(row, "rejected", cell, &keys)?;
        }
        Ok(())
    }
}

/// The columns that a row must have, in the order in which they are read.
const COLUMNS: [&str; 5] = [
    "policy",
    "accepted",
    "review",
    "plan_details_needed",
    "previous_edition_max_age_months",
];

/// The statuses of one cell, as bits. `-` stands for none.
fn statuses(row: &HostRow<'_>, column: &str, cell: &str, known: &[&str]) -> Result<u16, Fault> {
    let (mut bits, mut rest) = (0, cell);
    while !rest.is_empty() {
        let (key, after) = cut_where(rest, is_white_space).unwrap_or((rest, ""));
        rest = after;
        if known.contains(&key) {
            bits |= bit_of(key);
        } else if !key.is_empty() && key != "-" {
            let wanted = concat(&["statuses out of ", &joined(known, ", ")]);
            return Err(row.wrong(column, &wanted, key));
        }
    }
    Ok(bits)
}

fn bit(status: u8) -> u16 {
    1_u16.checked_shl(u32::from(status)).unwrap_or(0)
}

/// The bit of a status, by its key.
fn bit_of(key: &str) -> u16 {
    let mut bit = 1;
    for status in STATUSES {
        if status.key == key {
            return bit;
        }
        bit <<= 1;
    }
    0
}
