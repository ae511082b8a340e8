//! How many tests did a runner run, going by its own closing lines?

use std::fmt;
use std::ops::AddAssign;

/// Tests counted by the runners themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Totals {
    /// Reads the closing lines of `cargo test`, of wasm-bindgen's runner (which copies them) and of `node --test`.
    pub fn read(output: &str) -> Self {
        let mut totals = Self::default();
        for line in output.lines() {
            let line = line.trim();
            if let Some(counts) = line.strip_prefix("test result:") {
                totals += Self::from_cargo(counts);
            } else if let Some(count) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
                totals += Self::from_node(count);
            }
        }
        totals
    }

    /// ` ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
    fn from_cargo(counts: &str) -> Self {
        let mut totals = Self::default();
        for part in counts.split(['.', ';']) {
            let Some((number, word)) = part.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<usize>() else {
                continue;
            };
            match word {
                "passed" => totals.passed = number,
                "failed" => totals.failed = number,
                "ignored" => totals.skipped = number,
                _ => {}
            }
        }
        totals
    }

    /// `pass 3`, one count a line. A cancelled test did not pass; neither did one that is still to be done.
    fn from_node(count: &str) -> Self {
        let mut totals = Self::default();
        if let Some((word, number)) = count.split_once(' ')
            && let Ok(number) = number.parse::<usize>()
        {
            match word {
                "pass" => totals.passed = number,
                "fail" | "cancelled" => totals.failed = number,
                "skipped" | "todo" => totals.skipped = number,
                _ => {}
            }
        }
        totals
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(out, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Totals;

    #[test]
    fn every_suite_of_a_cargo_run_is_added_up() {
        let output = "\
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
   Doc-tests ncrs_form_check
test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.25s
";
        assert_eq!(
            Totals::read(output),
            Totals {
                passed: 5,
                failed: 4,
                skipped: 1
            }
        );
    }

    #[test]
    fn both_reporters_of_node_are_read_and_a_cancelled_test_failed() {
        let spec =
            "ℹ tests 6\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 1\nℹ duration_ms 12.5\n";
        let tap =
            "# tests 6\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 1\n# duration_ms 12.5\n";
        let expected = Totals {
            passed: 3,
            failed: 2,
            skipped: 1,
        };
        assert_eq!(Totals::read(spec), expected);
        assert_eq!(Totals::read(tap), expected);
    }

    #[test]
    fn a_run_without_closing_lines_counts_nothing() {
        assert_eq!(
            Totals::read("error: could not compile\n# pass the salt\n"),
            Totals::default()
        );
    }

    #[test]
    fn totals_read_as_a_plain_closing_line() {
        assert_eq!(
            Totals {
                passed: 5,
                failed: 0,
                skipped: 0
            }
            .to_string(),
            "5 passed, 0 failed"
        );
        assert_eq!(
            Totals {
                passed: 5,
                failed: 4,
                skipped: 1
            }
            .to_string(),
            "5 passed, 4 failed, 1 skipped"
        );
    }
}
