//! How does a text begin? Shapes in a small language, for identifiers and for what no answer may hold.
//!
//! A shape is a row of signs. Capitals, digits and punctuation stand for themselves, so letters are compared in capitals. No
//! small letter does; each stands for a set or a place:
//!
//! | Sign | Stands for |
//! |---|---|
//! | `d` | a digit |
//! | `z` | a digit other than nought |
//! | `l` | a letter |
//! | `n` | a letter or digit |
//! | `p` | a letter at the start of National Insurance numbers: none of D, F, I, O, Q, U, V |
//! | `g` | a space or hyphen |
//! | `m` | what stands between day, month and year: a space, `/`, `.` or `-` |
//! | `s` | one or more spaces |
//! | `w` | the name of a month, or its first three letters |
//! | `v` | any number of full stops with one or two digits behind each |
//! | `b` | a place where no letter or digit follows |
//! | `o` | a place where no digit follows |
//! | `e` | the end of the text |
//!
//! `?` makes the sign before it optional. `(SC0|NIC1|)` is one of these, or here nothing; the groups do not nest.

use crate::date::month_named;

/// What stands for a letter beyond ASCII in a text of which each character is one byte. No shape holds one.
pub(crate) const LETTER_BEYOND_ASCII: u8 = 0xFF;

/// True for a letter or digit of ASCII, and for the byte that stands for a letter beyond.
pub(crate) fn is_letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == LETTER_BEYOND_ASCII
}

/// True when a text has a shape. The shape says where the text must end.
pub(crate) fn has_shape(text: &str, shape: &str) -> bool {
    behind(shape, text.as_bytes()).is_some()
}

/// What is left of a text behind a shape.
pub(crate) fn behind<'a>(shape: &str, text: &'a [u8]) -> Option<&'a [u8]> {
    left(shape.as_bytes(), text)
}

fn left<'a>(shape: &[u8], text: &'a [u8]) -> Option<&'a [u8]> {
    let (mut shape, mut text) = (shape, text);
    while let Some((sign, after)) = shape.split_first() {
        shape = after;
        let next = text.first().copied().unwrap_or_default();
        // How much of the text the sign takes; nothing where it does not fit.
        let taken = match sign {
            b'(' => return left_of_any(shape, text),
            // One of a group was found: the others are passed over.
            b'|' => {
                shape = shape.get(place_of(shape, |sign| sign == b')')..)?;
                continue;
            }
            b')' => continue,
            b'v' => {
                while let Some(rest) = behind(".dd?", text) {
                    text = rest;
                }
                continue;
            }
            b'b' if !is_letter_or_digit(next) => continue,
            b'o' if !next.is_ascii_digit() => continue,
            b'e' if text.is_empty() => continue,
            b'b' | b'o' | b'e' => return None,
            b's' => place_of(text, |byte| byte != b' '),
            b'w' => {
                let name = place_of(text, |byte| !byte.is_ascii_alphabetic());
                month_named(text.get(..name)?)?;
                name
            }
            class => usize::from(match class {
                b'd' => next.is_ascii_digit(),
                b'z' => matches!(next, b'1'..=b'9'),
                b'l' => next.is_ascii_uppercase(),
                b'n' => next.is_ascii_uppercase() || next.is_ascii_digit(),
                b'p' => next.is_ascii_uppercase() && !matches!(next, b'D' | b'F' | b'I' | b'O' | b'Q' | b'U' | b'V'),
                b'g' => matches!(next, b' ' | b'-'),
                b'm' => matches!(next, b' ' | b'/' | b'.' | b'-'),
                itself => next == *itself,
            }),
        };
        let rest = text.get(taken..).unwrap_or_default();
        if let Some((b'?', without)) = shape.split_first() {
            shape = without;
            if taken > 0 {
                let with = left(shape, rest);
                if with.is_some() {
                    return with;
                }
            }
        } else if taken > 0 {
            text = rest;
        } else {
            return None;
        }
    }
    Some(text)
}

/// The first of a group behind which the rest of the shape is found too.
fn left_of_any<'a>(group: &[u8], text: &'a [u8]) -> Option<&'a [u8]> {
    let mut choice = group;
    loop {
        let found = left(choice, text);
        if found.is_some() {
            return found;
        }
        let end = place_of(choice, |sign| matches!(sign, b'|' | b')'));
        match choice.get(end..)?.split_first()? {
            (b'|', other) => choice = other,
            _ => return None,
        }
    }
}

/// The place of the first byte that is wanted, or the end.
fn place_of(bytes: &[u8], wanted: fn(u8) -> bool) -> usize {
    let mut place = 0;
    for byte in bytes {
        if wanted(*byte) {
            break;
        }
        place += 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest<'a>(shape: &str, text: &'a str) -> Option<&'a str> {
        behind(shape, text.as_bytes()).map(|rest| std::str::from_utf8(rest).unwrap())
    }

    #[test]
    fn what_is_optional_is_taken_where_the_rest_still_fits() {
        assert_eq!(rest("ll?dn?dl", "M11A"), Some(""));
        assert_eq!(rest("ll?dn?dl", "EC1A1B"), Some(""));
        assert_eq!(rest("dd?d", "12"), Some(""));
        assert_eq!(rest("dd?e", "123"), None);
        assert_eq!(rest("dd?", "123"), Some("3"));
    }

    #[test]
    fn of_a_group_the_first_that_fits_with_the_rest_counts() {
        assert_eq!(rest("(A|AB|)C", "ABCD"), Some("D"));
        assert_eq!(rest("(A|AB|)C", "CD"), Some("D"));
        assert_eq!(rest("(A|AB)C", "CD"), None);
        assert_eq!(rest("(A|B)(C|)e", "BC"), Some(""));
    }

    #[test]
    fn runs_are_taken_whole() {
        assert_eq!(rest("As1", "A   1x"), Some("x"));
        assert_eq!(rest("As1", "A1"), None);
        assert_eq!(rest("dd?ve", "1.22.3"), Some(""));
        assert_eq!(rest("dd?ve", "1.222"), None);
        assert_eq!(rest("w", "MARCH 1"), Some(" 1"));
        assert_eq!(rest("w", "MARCHES"), None);
    }

    #[test]
    fn places_take_nothing() {
        assert_eq!(rest("Ab", "A-"), Some("-"));
        assert_eq!(rest("Ab", "A1"), None);
        assert_eq!(rest("Ao", "AB"), Some("B"));
        assert_eq!(rest("Ao", "A1"), None);
        assert_eq!(rest("Ae", "AB"), None);
        // Nor does a sign stand for itself in a text that has small letters.
        assert_eq!(rest("dd?e", "5e"), None);
        assert_eq!(rest("Ab", "Ab"), None);
        assert_eq!(rest("Ao", "Ao1"), Some("o1"));
        assert_eq!(rest("Ao1", "Ao1"), None);
        assert_eq!(behind("Ab", &[b'A', LETTER_BEYOND_ASCII]), None);
    }
}
