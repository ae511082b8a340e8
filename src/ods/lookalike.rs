//! Which code was meant, if some characters were taken for others that look like them?

use super::characters::{DIGITS, holds, is_code_character};
use super::known::{Known, allows, next_shape, shapes};
use crate::tables::{FamilyId, LOOKALIKES, TWINS, TwinRow, known};

/// The code with each letter or number of another alphabet as it looks; empty when some character looks like none of ours.
pub(super) fn in_our_alphabet(code: &str) -> String {
    let mut ours = String::new();
    for character in code.chars() {
        let looks_like = if is_code_character(character) {
            character
        } else {
            char::from(reading(character))
        };
        if looks_like == '\0' {
            return String::new();
        }
        ours.push(looks_like);
    }
    ours
}

/// What a character of another alphabet looks like, or 0.
fn reading(character: char) -> u8 {
    let mut known = 0;
    for (further, reading) in LOOKALIKES {
        known += u32::from(*further);
        if known == u32::from(character) {
            return *reading;
        }
    }
    0
}

/// The only code that letters and numbers which look alike can hide; none when there are several.
pub(super) fn repaired(code: &str) -> Option<String> {
    // In a short code, or one of letters only, a rare twin explains nearly everything, so it explains nothing.
    let rare_allowed = u32::from(code.len() != 3 && holds(code, DIGITS));
    let mut only = 0;
    let mut rest = shapes(code.len());
    while let Some((number, shape)) = next_shape(&mut rest, code.len()) {
        if !FamilyId(number).row().lookalike {
            continue;
        }
        let slips = slips(shape, code, rare_allowed);
        if slips == 0
            || slips == only
            || Known::of(&without_slips(code, slips)).is(known::DEFAULT_CODE | known::PLACEHOLDER)
        {
            continue;
        }
        if only != 0 {
            return None;
        }
        only = slips;
    }
    (only != 0).then(|| without_slips(code, only))
}

/// The places at which a twin must stand for the code to have a shape, one bit for each; 0 when that is not enough.
fn slips(shape: &[u8], code: &str, rare_allowed: u32) -> u32 {
    let mut slips: u32 = 0;
    let mut rare = 0;
    let mut here = 1;
    for (place, byte) in shape.iter().zip(code.as_bytes()) {
        if !allows(*place, *byte) {
            let Some(twins) = twins(*byte) else { return 0 };
            if !allows(*place, twins.letter ^ twins.number ^ byte) {
                return 0;
            }
            slips |= here;
            rare += u32::from(twins.rare);
        }
        here <<= 1;
    }
    if slips.count_ones() > 2 || rare > rare_allowed {
        return 0;
    }
    slips
}

/// The code with the twin of what stands at each of these places.
#[inline(never)]
fn without_slips(code: &str, slips: u32) -> String {
    let mut repaired = String::new();
    let mut left = slips;
    for byte in code.bytes() {
        let twin = twins(byte).filter(|_| left & 1 == 1);
        repaired.push(char::from(
            twin.map_or(byte, |twins| twins.letter ^ twins.number ^ byte),
        ));
        left >>= 1;
    }
    repaired
}

#[inline(never)]
fn twins(byte: u8) -> Option<&'static TwinRow> {
    TWINS.iter().find(|twins| twins.letter == byte || twins.number == byte)
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
        assert_eq!(in_our_alphabet("\u{410}8100\u{661}"), "A81001");
        assert_eq!(in_our_alphabet("\u{410}\u{418}81001"), "");
        assert_eq!(in_our_alphabet("RX.K"), "");
    }
}
