//! What is a character worth, before any rule asks what it means? The sets in which every reader of text agrees.
//!
//! Nothing here depends on a language or a browser, and the sets are closed: a new Unicode version changes none of them.

use std::borrow::Cow;

use crate::tables::LOWER_CASE;

/// One space for each of these: what a person sees as a gap.
pub(crate) fn is_white_space(character: char) -> bool {
    matches!(
        character,
        '\u{9}'..='\u{D}'
            | ' '
            | '\u{85}'
            | '\u{A0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200A}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202F}'
            | '\u{205F}'
            | '\u{3000}'
    )
}

/// What a person cannot see and did not mean to type: controls, direction marks, fillers, selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    // Nearly every character that is asked about is one of these.
    !matches!(character, ' '..='~')
        && matches!(
            character,
            '\u{0}'..='\u{8}'
                | '\u{E}'..='\u{1F}'
                | '\u{7F}'..='\u{84}'
                | '\u{86}'..='\u{9F}'
                | '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// White space, or what a person cannot see.
pub(crate) fn is_nothing(character: char) -> bool {
    is_white_space(character) || is_invisible(character)
}

/// Everything that is typed or pasted for a hyphen.
pub(crate) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{58A}' | '\u{5BE}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{FE58}'
                | '\u{FE63}'
    )
}

/// The ASCII character of a full-width form; any other character as it is.
pub(crate) fn without_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// One character as it counts when texts are compared: width and kind of dash or space are gone, what cannot be seen
/// is `None`. Case stays.
pub(crate) fn fold(character: char) -> Option<char> {
    let character = without_width(character);
    if matches!(character, '!'..='~') {
        Some(character)
    } else if is_white_space(character) {
        Some(' ')
    } else if is_invisible(character) {
        None
    } else if is_dash(character) {
        Some('-')
    } else {
        Some(character)
    }
}

/// A number as it is written, without signs in between.
pub(crate) fn number(number: usize) -> String {
    let mut digits = String::new();
    push_number(&mut digits, number, None);
    digits
}

/// Adds a number to a text; with a mark for thousands, that stands between groups of three.
pub(crate) fn push_number(to: &mut String, number: usize, thousands: Option<char>) {
    let rest = number / 1000;
    let mut unit = 100;
    if rest > 0 {
        push_number(to, rest, thousands);
        if let Some(mark) = thousands {
            to.push(mark);
        }
    } else {
        while unit > 1 && number < unit {
            unit /= 10;
        }
    }
    while unit > 0 {
        to.push(digit(number / unit % 10));
        unit /= 10;
    }
}

/// A number of 32 bits as lengths are counted.
pub(crate) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The digit of a number from 0 to 9.
fn digit(number: usize) -> char {
    char::from(b'0' + u8::try_from(number).unwrap_or_default())
}

/// A whole number of digits only. Other scripts' digits are not digits.
pub(crate) fn whole(text: &str) -> Option<u32> {
    let mut number: Option<u32> = None;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = Some(
            number
                .unwrap_or(0)
                .checked_mul(10)?
                .checked_add(u32::from(byte - b'0'))?,
        );
    }
    number
}

/// Texts one after the other.
pub(crate) fn concat(texts: &[&str]) -> String {
    joined(texts, "")
}

/// Texts with another between each two.
#[inline(never)]
pub(crate) fn joined(texts: &[&str], between: &str) -> String {
    let mut whole = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            whole.push_str(between);
        }
        whole.push_str(text);
    }
    whole
}

/// How many characters a text has.
pub(crate) fn count(text: &str) -> usize {
    // All bytes of a character but the first begin with 10.
    text.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}

/// True when each character is one byte.
pub(crate) fn is_ascii(text: &str) -> bool {
    count(text) == text.len()
}

/// What stands before and after the first of these ASCII characters.
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    around(text, at, false)
}

/// What stands before and after the last of these ASCII characters.
pub(crate) fn cut_last(text: &str, at: u8) -> Option<(&str, &str)> {
    around(text, at, true)
}

#[inline(never)]
fn around(text: &str, at: u8, last: bool) -> Option<(&str, &str)> {
    let mut bytes = text.as_bytes().iter();
    let place = if last {
        bytes.rposition(|byte| *byte == at)?
    } else {
        bytes.position(|byte| *byte == at)?
    };
    let (before, from) = text.split_at_checked(place)?;
    Some((before, from.get(1..)?))
}

/// What stands between these ASCII characters: one piece more than there are of them.
#[inline(never)]
pub(crate) fn pieces(text: &str, at: u8) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((piece, after)) = cut(rest, at) {
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// What stands before and after the first character that fits.
#[inline(never)]
pub(crate) fn cut_where(text: &str, fits: fn(char) -> bool) -> Option<(&str, &str)> {
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if fits(character) {
            let after = rest.as_str();
            let before = text.get(..text.len() - after.len() - character.len_utf8())?;
            return Some((before, after));
        }
    }
    None
}

/// True when a text is digits only.
pub(crate) fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// True when nothing is left after taking away white space and what cannot be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    trimmed(text).is_empty()
}

/// The text without white space and invisible characters at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    within(text, is_nothing)
}

/// The text without white space at its ends: what a host wrote is seen by nobody, so all else in it is meant.
pub(crate) fn without_space_around(text: &str) -> &str {
    within(text, is_white_space)
}

/// The text from its first to its last character that is not outside.
#[inline(never)]
fn within(text: &str, is_outside: fn(char) -> bool) -> &str {
    // Nearly every text begins and ends with one of these, which are outside nothing.
    if let ([b'!'..=b'~', ..], [.., b'!'..=b'~']) = (text.as_bytes(), text.as_bytes()) {
        return text;
    }
    let mut rest = text.chars();
    let mut within = text;
    while rest.next().is_some_and(is_outside) {
        within = rest.as_str();
    }
    let mut rest = within.chars();
    while rest.next_back().is_some_and(is_outside) {
        within = rest.as_str();
    }
    within
}

/// A character with full-width forms, dashes and curly apostrophes written plainly (onboarding.md 3.3).
#[inline(never)]
pub(crate) fn plainly(character: char) -> char {
    match character {
        // Nearly every character is one of these.
        '\0'..='\x7F' => character,
        '\u{2018}' | '\u{2019}' => '\'',
        other if is_dash(other) => '-',
        other => without_width(other),
    }
}

/// The text with each character written plainly. Spaces and what cannot be seen stay.
#[inline(never)]
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if is_ascii(text) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        folded.push(plainly(character));
    }
    Cow::Owned(folded)
}

/// The text folded, in capitals (ASCII), without any space or invisible character: how identifiers are compared.
pub(crate) fn tidied(text: &str) -> String {
    tidied_without(text, "")
}

/// The text tidied, and without these signs of ASCII.
#[inline(never)]
pub(crate) fn tidied_without(text: &str, signs: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for character in text.chars() {
        let character = plainly(character);
        let kept = signs.chars().all(|sign| sign != character);
        if kept && !is_nothing(character) {
            tidied.push(character.to_ascii_uppercase());
        }
    }
    tidied
}

/// A text as names are compared: folded, small letters, one space for each gap and none at the ends, nothing invisible.
#[inline(never)]
pub(crate) fn plain(text: &str, is_gap: fn(char) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        let character = plainly(character);
        if is_gap(character) {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
        } else if !is_invisible(character) {
            push_small(&mut plain, character);
        }
    }
    if plain.ends_with(' ') {
        plain.pop();
    }
    plain
}

/// Adds a letter as a small one, for comparing. The one capital with two small characters, U+0130, is `i` and a dot above.
fn push_small(to: &mut String, character: char) {
    if character == '\u{130}' {
        to.push_str("i\u{307}");
    } else {
        to.push(small_letter(character));
    }
}

pub(crate) fn small_letter(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let code = u32::from(character);
    let run = LOWER_CASE.get(LOWER_CASE.partition_point(|run| run.last < code));
    match run {
        Some(run) if run.first <= code && (code - run.first) % u32::from(run.step) == 0 => {
            let [low, high, plane, _] = code.to_le_bytes();
            let [low, high] = u16::from_le_bytes([low, high]).wrapping_add(run.off).to_le_bytes();
            char::from_u32(u32::from_le_bytes([low, high, plane, 0])).unwrap_or(character)
        }
        _ => character,
    }
}

/// A letter as a capital, at the start of a sentence: of the alphabets in which we have words.
pub(crate) fn capital(character: char) -> char {
    match character {
        '\u{E0}'..='\u{F6}' | '\u{F8}'..='\u{FE}' => char::from_u32(u32::from(character) - 0x20).unwrap_or(character),
        // In Latin Extended-A, to which the Welsh letters belong, each capital stands before its small letter.
        '\u{100}'..='\u{137}' | '\u{14A}'..='\u{177}' => char::from_u32(u32::from(character) & !1)
            .filter(|_| character != '\u{131}')
            .unwrap_or(character),
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sets as `ods.md`, section 2 lists them.
    const INVISIBLE: &str = "0000-0008 000E-001F 007F-0084 0086-009F 00AD 034F 061C 115F 1160 17B4 17B5 180B-180F \
        200B-200F 202A-202E 2060-206F 2800 3164 FE00-FE0F FEFF FFA0 FFF9-FFFB E0000-E0FFF";
    const DASHES: &str = "002D 058A 05BE 1806 2010-2015 2043 207B 208B 2212 2E3A 2E3B FE58 FE63";
    const WHITE_SPACE: &str = "0009-000D 0020 0085 00A0 1680 2000-200A 2028 2029 202F 205F 3000";

    fn is_listed(list: &str, character: char) -> bool {
        list.split_whitespace().any(|entry| {
            let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
            let number = |text| u32::from_str_radix(text, 16).unwrap();
            (number(first)..=number(last)).contains(&u32::from(character))
        })
    }

    #[test]
    fn every_character_is_in_the_sets_that_list_it_and_in_no_other() {
        // No set reaches beyond the tags; the rest of Unicode is sampled.
        let characters = ('\0'..='\u{10000}')
            .chain('\u{DFF00}'..='\u{E1100}')
            .chain(['\u{1F3E5}', char::MAX]);
        for character in characters {
            let name = format!("U+{:04X}", u32::from(character));
            assert_eq!(is_invisible(character), is_listed(INVISIBLE, character), "{name}");
            assert_eq!(is_dash(character), is_listed(DASHES, character), "{name}");
            assert_eq!(is_white_space(character), is_listed(WHITE_SPACE, character), "{name}");
        }
    }

    #[test]
    fn full_width_forms_become_their_ascii_counterparts() {
        assert_eq!(without_width('\u{FF01}'), '!');
        assert_eq!(without_width('\u{FF21}'), 'A');
        assert_eq!(without_width('\u{FF5E}'), '~');
        assert_eq!(without_width('\u{FF00}'), '\u{FF00}');
        assert_eq!(without_width('\u{FF5F}'), '\u{FF5F}');
        assert_eq!(fold('\u{FF0D}'), Some('-'));
        assert_eq!(fold('\u{3000}'), Some(' '));
        assert_eq!(fold('\u{FFA0}'), None);
    }

    #[test]
    fn a_text_is_blank_when_nothing_is_left_that_can_be_seen() {
        for blank in ["", " \t\r\n", "\u{A0}\u{2003}", "\u{200B}\u{FEFF}", "\u{2800}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for given in ["-", "?", " 0 ", "\u{FF0D}", "\u{301}"] {
            assert!(!is_blank(given), "{given:?}");
        }
    }

    #[test]
    fn every_letter_has_the_small_letter_that_unicode_gives_it() {
        for character in '\0'..=char::MAX {
            let mut small = String::new();
            push_small(&mut small, character);
            let expected: String = character.to_lowercase().collect();
            assert_eq!(small, expected, "U+{:04X}", u32::from(character));
        }
    }

    #[test]
    fn the_capitals_of_welsh_and_its_neighbours_are_those_that_unicode_gives() {
        for character in "abcxyzàâäëêïîôöûüŵŷžćœ1ıβ"
            .chars()
            .filter(|character| !matches!(character, 'ž' | 'ı' | 'β'))
        {
            assert_eq!(capital(character).to_string(), character.to_uppercase().to_string());
        }
        assert_eq!(capital('β'), 'β', "another alphabet stays as it is");
    }
}
