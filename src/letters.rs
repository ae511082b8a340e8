//! Which characters are letters, and which are numbers? As the standard library says, from tables half as long.
//!
//! What is no character yet may count as one, where it stands between two that are.

use crate::tables::{Span, letters, numbers};

/// As `char::is_alphabetic`, of all that is a character.
pub(crate) fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic()
    } else {
        is_in(letters(), character)
    }
}

/// As `char::is_numeric`, of all that is a character.
pub(crate) fn is_number(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_digit()
    } else {
        is_in(numbers(), character)
    }
}

#[inline(never)]
fn is_in(spans: &[Span], character: char) -> bool {
    let code = u32::from(character);
    let next = spans.partition_point(|span| span.end <= code);
    spans.get(next).is_some_and(|span| span.first <= code)
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn what_is_no_character_yet_is_none_for_the_compiler_either() {
        let [major, minor, update] = [
            char::UNICODE_VERSION.0,
            char::UNICODE_VERSION.1,
            char::UNICODE_VERSION.2,
        ]
        .map(u64::from);
        assert!(
            unicode_properties::UNICODE_VERSION >= (major, minor, update),
            "the compiler knows a newer Unicode than unicode-properties: update that crate"
        );
    }

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for character in '\0'..=char::MAX {
            if character.is_alphanumeric() || character.general_category() != GeneralCategory::Unassigned {
                assert_eq!(is_letter(character), character.is_alphabetic(), "{character:?}");
                assert_eq!(is_number(character), character.is_numeric(), "{character:?}");
            }
        }
    }
}
