//! What stands next in a text? A place in it that moves forward, for forms that have runs of any length.

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
    pub(super) fn run(&mut self, wanted: fn(&u8) -> bool) -> &'a [u8] {
        let length = self.0.iter().take_while(|byte| wanted(byte)).count();
        let (run, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        run
    }

    /// Steps over one of these characters, if it is next.
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
