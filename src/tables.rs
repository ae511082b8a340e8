//! The tables as the build script wrote them: plain rows, nothing is parsed here.
//!
//! What a row means is said in the TOML files of `src/tables/` and in the files that read them.

mod ods;

use crate::finding::Severity;

pub(crate) use ods::{FamilyId, FamilyRow, KindRow, OwnerRow, TwinRow, UsualLength};

/// One table: what it is, where it comes from, and the day (`YYYY-MM-DD`) a person last compared the two.
#[derive(Debug)]
pub(crate) struct TableRow {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) source: &'static str,
    pub(crate) checked: &'static str,
}

/// The place of a rule in [`RULES`], which is also its place in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RuleId(pub(crate) u16);

impl RuleId {
    /// The row of this rule.
    pub(crate) fn row(self) -> &'static RuleRow {
        static NONE: RuleRow = RuleRow {
            id: "",
            forms: &[],
            questions: &[],
            severity: Severity::Note,
            basis: "",
            source: "",
            since: "",
            until: None,
            messages: &[],
        };
        // The build script made every id from its row, so the way out is never taken.
        RULES.get(usize::from(self.0)).unwrap_or(&NONE)
    }
}

/// A rule: a promise of what its id means.
#[derive(Debug)]
pub(crate) struct RuleRow {
    pub(crate) id: &'static str,
    pub(crate) forms: &'static [&'static str],
    pub(crate) questions: &'static [&'static str],
    pub(crate) severity: Severity,
    pub(crate) basis: &'static str,
    pub(crate) source: &'static str,
    pub(crate) since: &'static str,
    pub(crate) until: Option<&'static str>,
    pub(crate) messages: &'static [MessageRow],
}

/// One whole sentence of a rule. `dspt_box` is for DSPT code boxes, `found` for one value of the param of that name.
#[derive(Debug)]
pub(crate) struct MessageRow {
    pub(crate) dspt_box: bool,
    pub(crate) found: Option<&'static str>,
    pub(crate) en: &'static str,
    pub(crate) cy: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
