//! What does a person mean to have typed? The readings of a text on which every step agrees.

use super::characters::{CODE, is_only, kept};
use crate::text::fold;

/// A code has at most 9 characters, so nothing is lost, and a paste of megabytes costs no more than a page of text.
const LONGEST_READ: usize = 10_000;

/// A text that is not blank, as it is judged.
pub(super) struct Reading {
    /// The text in capitals, with one kind of space and of hyphen, and without marks at its ends.
    pub(super) text: String,
    /// The text without spaces and hyphens.
    pub(super) code: String,
}

impl Reading {
    /// The readings of a text; none of a blank one.
    #[inline(never)]
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() <= LONGEST_READ && is_only(text, CODE) {
            return Some(Self {
                text: text.to_owned(),
                code: text.to_owned(),
            });
        }
        let mut tidied = String::new();
        let mut is_blank = true;
        let mut last = ' ';
        let mut end = 0;
        let mut left = LONGEST_READ;
        for character in text.chars() {
            if left == 0 {
                break;
            }
            left -= 1;
            let Some(character) = fold(character) else {
                continue;
            };
            is_blank &= character == ' ';
            let wraps = wraps(character);
            if character == ' ' && last == ' ' || wraps && tidied.is_empty() {
                continue;
            }
            last = character;
            // ASCII only: a Unicode upper case would turn other letters into ours.
            tidied.push(character.to_ascii_uppercase());
            if !wraps {
                end = tidied.len();
            }
        }
        if is_blank {
            return None;
        }
        tidied.truncate(end);
        Some(Self {
            code: kept(&tidied, |character| !matches!(character, ' ' | '-')),
            text: tidied,
        })
    }
}

/// What stands round a code when it is copied out of a sentence, a cell or a list.
fn wraps(character: char) -> bool {
    matches!(
        character,
        ' ' | '-'
            | '\''
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '*'
            | '#'
            | '='
            | '~'
            | '|'
            | '`'
            | '\u{B4}'
            | '\u{2018}'..='\u{201F}' | '\u{2026}' | '\u{AB}' | '\u{BB}'
    )
}

// Laws on made-up texts need a source of chance, which the wasm32 target has not.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ods::characters::{is_code_character, is_no_space};
    use crate::text::{is_dash, is_invisible, is_white_space, without_width};
    use proptest::prelude::*;

    /// The reading V made as `ods.md`, section 2 tells it: six steps, each over the whole text.
    fn in_six_steps(text: &str) -> String {
        let mut text: Vec<char> = text.chars().take(10_000).map(without_width).collect();
        text.retain(|character| !is_invisible(*character));
        for character in &mut text {
            if is_dash(*character) {
                *character = '-';
            }
        }
        for character in &mut text {
            if is_white_space(*character) {
                *character = ' ';
            }
        }
        text.dedup_by(|second, first| *first == ' ' && *second == ' ');
        for character in &mut text {
            *character = character.to_ascii_uppercase();
        }
        let marks = "' \" ( ) [ ] { } < > . , ; : ! ? * # = ~ | ` \u{B4} \u{2018} \u{2019} \u{201A} \u{201B} \u{201C} \
                     \u{201D} \u{201E} \u{201F} \u{2026} \u{AB} \u{BB} -";
        let wrapping = |character: &char| marks.contains(*character);
        while text.first().is_some_and(wrapping) {
            text.remove(0);
        }
        while text.last().is_some_and(wrapping) {
            text.pop();
        }
        text.into_iter().collect()
    }

    fn texts() -> impl Strategy<Value = String> {
        let near = prop::sample::select(vec![
            'a', 'Z', '0', '9', ' ', '\u{A0}', '\t', '-', '\u{2013}', '\u{2212}', '\u{200B}', '\u{AD}', '\u{FF21}',
            '\u{FF0D}', '\u{FF08}', '(', ')', '.', '/', '_', '+', '\'', '\u{201C}', '\u{B4}', '\u{DF}', '\u{131}',
            '\u{0}', '\u{2026}', '~', '\u{410}',
        ]);
        prop_oneof![
            any::<String>(),
            prop::collection::vec(near, 0..14).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn one_pass_reads_what_six_steps_read(text in texts()) {
            let expected = in_six_steps(&text);
            match Reading::of(&text) {
                None => prop_assert!(text.chars().all(|each| is_white_space(each) || is_invisible(each))),
                Some(reading) => {
                    prop_assert_eq!(&reading.text, &expected);
                    prop_assert_eq!(reading.code, expected.replace([' ', '-'], ""));
                    prop_assert_eq!(kept(&expected, is_no_space), expected.replace(' ', ""));
                    let key: String = expected.chars().filter(char::is_ascii_alphanumeric).collect();
                    prop_assert_eq!(kept(&expected, is_code_character), key);
                }
            }
        }
    }

    #[test]
    fn no_unicode_letter_becomes_one_of_ours_by_its_case() {
        for letter in ["\u{DF}", "\u{131}", "\u{17F}", "\u{FB01}", "\u{212A}"] {
            assert_eq!(Reading::of(letter).unwrap().text, letter);
        }
    }

    #[test]
    fn only_the_first_ten_thousand_characters_are_read() {
        let spaces = " ".repeat(9_997);
        assert_eq!(Reading::of(&format!("{spaces}RXK52")).unwrap().text, "RXK");
        assert!(Reading::of(&format!("{}RXK", " ".repeat(10_000))).is_none());
        // Counted in characters, not in bytes.
        assert_eq!(
            Reading::of(&format!("{}RXK", "\u{2003}".repeat(9_999))).unwrap().text,
            "R"
        );
    }
}
