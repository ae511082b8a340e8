//! Which characters does a text have? Sets of them, and the runs of some set.
//!
//! A reading has no small letters, so all that the steps ask about fits into one number of 64 bits.

/// One bit for each character from the space to `_`. The bar counts as a comma, which it stands for in a list, and what
/// has no bit of its own as a quotation mark, about which nobody asks.
pub(super) type Set = u64;

pub(super) const DIGITS: Set = set("0123456789");
pub(super) const CAPITALS: Set = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// What every code is made of.
pub(super) const CODE: Set = DIGITS | CAPITALS;

pub(super) const fn bit(byte: u8) -> Set {
    let own = match byte {
        b'|' => b',',
        b' '..=b'_' => byte,
        _ => b'"',
    };
    1 << (own - b' ')
}

/// The characters of a text.
#[inline(never)]
pub(super) const fn set(text: &str) -> Set {
    let mut set = 0;
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        set |= bit(*first);
        rest = others;
    }
    set
}

/// True when a text holds one of these characters.
pub(super) fn holds(text: &str, any: Set) -> bool {
    set(text) & any != 0
}

/// True when a text is not empty and has these characters only.
pub(super) fn is_only(text: &str, allowed: Set) -> bool {
    let set = set(text);
    set != 0 && set & !allowed == 0
}

/// The characters of a text that are wanted.
#[inline(never)]
pub(super) fn kept(text: &str, wanted: fn(char) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        if wanted(character) {
            kept.push(character);
        }
    }
    kept
}

/// True for A-Z and 0-9.
pub(super) fn is_code_character(character: char) -> bool {
    character.is_ascii_uppercase() || character.is_ascii_digit()
}

pub(super) fn is_no_space(character: char) -> bool {
    character != ' '
}

/// The longest runs of some characters of ASCII in a text, one by one.
pub(super) struct Runs<'a> {
    rest: &'a str,
    wanted: Set,
    /// What stands between the last run and the one before it.
    pub(super) gap: &'a str,
}

impl<'a> Runs<'a> {
    pub(super) fn new(text: &'a str, wanted: Set) -> Self {
        Self {
            rest: text,
            wanted,
            gap: "",
        }
    }

    /// What is wanted, or what is not, as far as it goes.
    #[inline(never)]
    fn step(&mut self, wanted: bool) -> &'a str {
        let mut length = 0;
        for byte in self.rest.bytes() {
            if (bit(byte) & self.wanted != 0) != wanted {
                break;
            }
            length += 1;
        }
        let (run, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        run
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.gap = self.step(false);
        let run = self.step(true);
        (!run.is_empty()).then_some(run)
    }
}
