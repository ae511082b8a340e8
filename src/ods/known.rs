//! What do the tables know of a text? The families whose shape it has, the other references that it may be, and whether it
//! is one of the words that people type where a code should be. Never that a code exists.

use super::characters::bit;
use crate::tables::{FamilyId, IDENTIFIER_RULES, MOST_KINDS, RuleId, SETS, SETS_FROM, SHAPES, family, known};

/// The families of one code, in the order of the table. The build script counted how many there can be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Families {
    /// At the end [`FamilyId::NONE`].
    pub(crate) ids: [FamilyId; MOST_KINDS],
}

impl Families {
    /// Of no family.
    pub(crate) const NONE: Self = Self {
        ids: [FamilyId::NONE; MOST_KINDS],
    };

    /// The families.
    pub(crate) fn each(&self) -> impl Iterator<Item = FamilyId> {
        self.ids.iter().copied().take_while(|id| *id != FamilyId::NONE)
    }

    /// The family that is named first.
    pub(super) fn first(self) -> FamilyId {
        self.ids[0]
    }

    pub(super) fn are_none(self) -> bool {
        self.first() == FamilyId::NONE
    }

    /// True when the code is of this family.
    pub(super) fn contains(self, id: FamilyId) -> bool {
        self.ids.contains(&id)
    }

    fn add(&mut self, id: FamilyId) {
        for place in &mut self.ids {
            // Two alternatives of one pattern can fit the same code.
            if *place == FamilyId::NONE || *place == id {
                *place = id;
                break;
            }
        }
    }
}

/// What the tables know of one text as a whole: a bit of [`known`] for each word and each other reference, and one that
/// says whether a family in use has its shape.
#[derive(Clone, Copy)]
pub(super) struct Known(u32);

impl Known {
    pub(super) fn of(text: &str) -> Self {
        let mut families = Families::NONE;
        Self::with_families(text, &mut families)
    }

    /// Adds the families: those in use or, if there are none, the retired ones.
    #[inline(never)]
    pub(super) fn with_families(text: &str, families: &mut Families) -> Self {
        let mut bits = 0;
        let mut rest = shapes(text.len());
        while let Some((number, shape)) = next_shape(&mut rest, text.len()) {
            if !fits(shape, text) {
                continue;
            }
            if let Some(other) = number.checked_sub(known::FIRST) {
                bits |= 1 << other;
            } else if number < family::FIRST_RETIRED {
                bits |= known::IN_USE;
                families.add(FamilyId(number));
            } else if bits & known::IN_USE == 0 {
                families.add(FamilyId(number));
            }
        }
        Self(bits)
    }

    /// True when a family in use has this shape.
    pub(super) fn is_in_use(self) -> bool {
        self.is(known::IN_USE)
    }

    /// True for one of these bits of [`known`].
    pub(super) fn is(self, any: u32) -> bool {
        self.0 & any != 0
    }

    /// The rule that speaks of a reference of another kind with this form.
    pub(super) fn identifier(self) -> Option<RuleId> {
        let place = (self.0 & !known::IN_USE) >> known::FIRST_IDENTIFIER;
        IDENTIFIER_RULES
            .get(usize::try_from(place.trailing_zeros()).ok()?)
            .copied()
    }
}

/// The shapes of one length.
pub(super) fn shapes(length: usize) -> &'static [u8] {
    SHAPES.get(length).copied().unwrap_or_default()
}

/// The next shape of that length, after the number of what it is a shape of.
pub(super) fn next_shape(rest: &mut &'static [u8], length: usize) -> Option<(u8, &'static [u8])> {
    let (number, after) = rest.split_first()?;
    let (shape, after) = after.split_at_checked(length)?;
    *rest = after;
    Some((*number, shape))
}

fn fits(shape: &[u8], text: &str) -> bool {
    for (place, byte) in shape.iter().zip(text.as_bytes()) {
        if !allows(*place, *byte) {
            return false;
        }
    }
    true
}

/// True when a character may stand at this place of a shape.
pub(super) fn allows(place: u8, byte: u8) -> bool {
    match place.checked_sub(SETS_FROM) {
        None => place == byte,
        Some(at) => SETS.get(usize::from(at)).is_some_and(|set| set & bit(byte) != 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::rule;

    #[test]
    fn a_code_with_the_forms_of_two_other_references_is_the_one_that_is_tried_first() {
        // Companies whose prefixes R0 and ZC are read as the start of a doctor's code and of an ICO number.
        assert_eq!(Known::of("R0123456").identifier(), Some(rule::ODS_027));
        assert_eq!(Known::of("ZC123456").identifier(), Some(rule::ODS_029));
        assert_eq!(Known::of("RC123456").identifier(), Some(rule::ODS_030));
    }

    #[test]
    fn a_code_of_two_alternatives_of_one_family_is_of_it_once() {
        let mut scottish = Families::NONE;
        Known::with_families("SD999", &mut scottish);
        assert_eq!(scottish.ids.iter().filter(|id| id.id() == "scottish_body").count(), 1);
    }
}
