//! What the rows of the ODS tables hold once they are built. Their meaning is told in `ods-*.toml`.

use super::FAMILIES;

/// The place of a family in [`FAMILIES`], which is also its place among the kinds of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FamilyId(pub(crate) u8);

impl FamilyId {
    /// The row of this family.
    pub(crate) fn row(self) -> &'static FamilyRow {
        static NONE: FamilyRow = FamilyRow {
            id: "",
            en: "",
            cy: None,
            owner: None,
            lookalike: false,
        };
        // The build script made every id from its row, so the way out is never taken.
        FAMILIES.get(usize::from(self.0)).unwrap_or(&NONE)
    }
}

/// Codes that have a shape in common.
#[derive(Debug)]
pub(crate) struct FamilyRow {
    pub(crate) id: &'static str,
    pub(crate) en: &'static str,
    pub(crate) cy: Option<&'static str>,
    pub(crate) owner: Option<OwnerRow>,
    pub(crate) lookalike: bool,
}

/// Codes that begin with the code of another family.
#[derive(Debug)]
pub(crate) struct OwnerRow {
    pub(crate) family: FamilyId,
    pub(crate) characters: u8,
}

/// A type of organisation and the families its codes are of. No families: any code fits.
#[derive(Debug)]
pub(crate) struct KindRow {
    pub(crate) organisation_type: &'static str,
    pub(crate) families: &'static [FamilyId],
    pub(crate) usual_length: Option<UsualLength>,
}

/// How many characters the codes of a type usually have, and how a message says it.
#[derive(Debug)]
pub(crate) struct UsualLength {
    pub(crate) text: &'static str,
    pub(crate) lengths: &'static [u8],
}

/// A letter and a number that are taken for one another.
#[derive(Debug)]
pub(crate) struct TwinRow {
    pub(crate) letter: u8,
    pub(crate) number: u8,
    pub(crate) rare: bool,
}
