//! Which code was meant, if some characters were taken for others that look like them?

use super::family::{Shape, in_use_of_length};
use super::reading::is_code_character;
use super::word::{is_default_code, is_placeholder};
use crate::tables::{LOOKALIKE_CHARACTERS, LOOKALIKE_READINGS, TWINS, TwinRow};

/// The code with each letter or number of another alphabet as it looks; none when some character looks like none of ours.
pub(super) fn in_our_alphabet(code: &str) -> Option<String> {
    code.chars()
        .map(|character| {
            if is_code_character(character) {
                return Some(character);
            }
            let place = LOOKALIKE_CHARACTERS.binary_search(&character).ok()?;
            LOOKALIKE_READINGS.get(place).copied().map(char::from)
        })
        .collect()
}

/// The only code that letters and numbers which look alike can hide; none when there are several.
pub(super) fn repaired(code: &str) -> Option<String> {
    // In a short code, or one of letters only, a rare twin explains nearly everything, so it explains nothing.
    let rare_allowed = u8::from(code.len() != 3 && code.bytes().any(|byte| byte.is_ascii_digit()));
    let mut only = None;
    for (family, shape) in in_use_of_length(code.len()) {
        if !family.row().lookalike {
            continue;
        }
        let Some(found) = repaired_as(shape, code, rare_allowed) else {
            continue;
        };
        if is_default_code(&found) || is_placeholder(&found) || only.as_ref() == Some(&found) {
            continue;
        }
        if only.is_some() {
            return None;
        }
        only = Some(found);
    }
    only
}

fn repaired_as(shape: Shape, code: &str, rare_allowed: u8) -> Option<String> {
    let mut replaced = 0;
    let mut rare = 0;
    let found = shape
        .places()
        .zip(code.bytes())
        .map(|(place, byte)| {
            if place.allows(byte) {
                return Some(char::from(byte));
            }
            let (twin, row) = twin_of(byte)?;
            replaced += 1;
            rare += u8::from(row.rare);
            (replaced <= 2 && rare <= rare_allowed && place.allows(twin)).then(|| char::from(twin))
        })
        .collect::<Option<String>>()?;
    (replaced > 0).then_some(found)
}

fn twin_of(byte: u8) -> Option<(u8, &'static TwinRow)> {
    TWINS.iter().find_map(|row| match byte {
        _ if byte == row.letter => Some((row.number, row)),
        _ if byte == row.number => Some((row.letter, row)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_repaired_only_when_look_alikes_explain_it_in_one_way() {
        assert_eq!(repaired("A81OO1").as_deref(), Some("A81001"));
        // 8OT31 of an organisation outside the NHS, or B0T3I of any type.
        assert_eq!(repaired("B0T31"), None);
        // Three slips, two rare ones, and a rare one without any digit.
        assert_eq!(repaired("A8IOO1"), None);
        assert_eq!(repaired("V0Z47S"), None);
        assert_eq!(repaired("V0247S").as_deref(), Some("V02475"));
        assert_eq!(repaired("ASEH"), None);
    }

    #[test]
    fn a_repair_that_would_be_a_default_code_or_a_placeholder_is_dropped() {
        assert_eq!(repaired("V8I999"), None);
        assert_eq!(repaired("V1234S"), None);
    }

    #[test]
    fn letters_of_other_alphabets_are_read_only_when_all_of_them_look_like_ours() {
        assert_eq!(in_our_alphabet("\u{410}8100\u{661}").as_deref(), Some("A81001"));
        assert_eq!(in_our_alphabet("\u{410}\u{418}81001"), None);
        assert_eq!(in_our_alphabet("RX.K"), None);
    }
}
