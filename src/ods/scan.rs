//! What stands next in a text? A place in it that moves forward, for forms that have runs of any length.
//!
//! These few are never inlined: they are called from everywhere, and every copy would be downloaded by each page.

/// True when a text holds one of these characters of ASCII.
#[inline(never)]
pub(super) fn holds(text: &str, any: &[u8]) -> bool {
    text.bytes().any(|byte| any.contains(&byte))
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

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a>(&'a [u8]);

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// Steps over a run of digits and counts them.
    pub(super) fn digits(&mut self) -> usize {
        self.run(|byte| byte.is_ascii_digit()).len()
    }

    /// Steps over a run of capitals.
    pub(super) fn letters(&mut self) -> &'a [u8] {
        self.run(|byte| byte.is_ascii_uppercase())
    }

    /// Steps over a run of what is wanted.
    #[inline(never)]
    pub(super) fn run(&mut self, wanted: fn(&u8) -> bool) -> &'a [u8] {
        let length = self.0.iter().take_while(|byte| wanted(byte)).count();
        let (run, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        run
    }

    /// Steps over one of these characters, if it is next.
    #[inline(never)]
    pub(super) fn one(&mut self, wanted: &[u8]) -> Option<u8> {
        let (next, rest) = self.0.split_first()?;
        if !wanted.contains(next) {
            return None;
        }
        self.0 = rest;
        Some(*next)
    }

    /// The next character, which stays.
    pub(super) fn next(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// True when nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
