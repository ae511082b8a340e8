//! How does a run go: each step announced with its reason, timed, and all of them summed up at the end?
//!
//! A failed step does not end the run. Steps that need it are not run; all others are, so that one run shows every failure.

use std::time::{Duration, Instant};

use crate::program::{Failed, Screen, plain};
use crate::totals::Totals;

/// The most of a failed program's output that is printed. The log has the rest.
const LINES_OF_A_FAILURE: usize = 400;

type Body = Box<dyn Fn(&Screen) -> anyhow::Result<Totals>>;

/// One thing to do.
pub struct Step {
    pub name: String,
    reason: &'static str,
    pub needs: Vec<String>,
    pub wants: Vec<String>,
    kind: Kind,
    body: Body,
}

/// Whether a step must count at least one test to have passed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Chore,
    Tests,
}

impl Step {
    /// A step that counts no tests: it passes if nothing in it fails.
    pub fn chore(
        name: impl Into<String>,
        reason: &'static str,
        body: impl Fn(&Screen) -> anyhow::Result<()> + 'static,
    ) -> Self {
        let body: Body = Box::new(move |screen| body(screen).map(|()| Totals::default()));
        Self {
            name: name.into(),
            reason,
            needs: Vec::new(),
            wants: Vec::new(),
            kind: Kind::Chore,
            body,
        }
    }

    /// A step that gives a test runner's output. It passes if the runner says so and ran at least one test.
    pub fn tests(
        name: impl Into<String>,
        reason: &'static str,
        body: impl Fn(&Screen) -> anyhow::Result<String> + 'static,
    ) -> Self {
        let body: Body = Box::new(move |screen| body(screen).map(|output| Totals::read(&output)));
        Self {
            name: name.into(),
            reason,
            needs: Vec::new(),
            wants: Vec::new(),
            kind: Kind::Tests,
            body,
        }
    }

    /// Steps that must have passed before, by name.
    pub fn needs<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.needs.extend(names.into_iter().map(Into::into));
        self
    }

    /// Steps that should have been tried before. If one failed, this step sees for itself whether it can go on.
    pub fn wants<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.wants.extend(names.into_iter().map(Into::into));
        self
    }
}

enum Result {
    Passed,
    Failed(String),
    NotRun(String),
}

struct Outcome {
    name: String,
    result: Result,
    time: Duration,
    totals: Totals,
}

/// Runs the steps in order and prints the summary. True if every one of them passed.
pub fn run(steps: Vec<Step>, next_command: &str) -> bool {
    let started = Instant::now();
    let number = steps.len();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (index, step) in steps.into_iter().enumerate() {
        println!("── {} ({} of {number}): {}", step.name, index + 1, step.reason);
        let outcome = one(step, &outcomes);
        match &outcome.result {
            Result::Passed if outcome.totals == Totals::default() => {
                println!("   passed in {}", plain(outcome.time))
            }
            Result::Passed => println!("   passed in {}: {}", plain(outcome.time), outcome.totals),
            Result::Failed(reason) => println!("   FAILED after {}: {reason}", plain(outcome.time)),
            Result::NotRun(reason) => println!("   not run: {reason}"),
        }
        outcomes.push(outcome);
    }
    sum_up(&outcomes, started.elapsed(), next_command)
}

fn one(step: Step, before: &[Outcome]) -> Outcome {
    let passed = |name: &String| {
        before
            .iter()
            .any(|outcome| outcome.name == *name && matches!(outcome.result, Result::Passed))
    };
    let started = Instant::now();
    let mut totals = Totals::default();
    let result = if let Some(missing) = step.needs.iter().find(|name| !passed(name)) {
        Result::NotRun(format!("it needs `{missing}`"))
    } else {
        match Screen::open(&step.name)
            .and_then(|screen| (step.body)(&screen).map_err(|error| explain(&error, &screen, &mut totals)))
        {
            Ok(counted) => {
                totals = counted;
                match step.kind {
                    Kind::Tests if counted.failed > 0 => {
                        Result::Failed(format!("{counted}, although the runner ended well"))
                    }
                    Kind::Tests if counted.skipped > 0 => {
                        Result::Failed(format!("{counted}; a skipped test shows nothing"))
                    }
                    Kind::Tests if counted.passed == 0 => Result::Failed("it ran no test".to_owned()),
                    Kind::Chore | Kind::Tests => Result::Passed,
                }
            }
            Err(error) => Result::Failed(format!("{error:#}")),
        }
    };
    Outcome {
        name: step.name,
        result,
        time: started.elapsed(),
        totals,
    }
}

/// Prints what the failed program said, unless it has just been on the screen, and keeps its counts.
fn explain(error: &anyhow::Error, screen: &Screen, totals: &mut Totals) -> anyhow::Error {
    if let Some(failed) = error.downcast_ref::<Failed>() {
        *totals = Totals::read(&failed.output);
        if !screen.live() {
            let lines: Vec<&str> = failed.output.lines().collect();
            let left_out = lines.len().saturating_sub(LINES_OF_A_FAILURE);
            if left_out > 0 {
                println!("     … {left_out} lines before these are in {}", screen.log().display());
            }
            for line in lines.iter().skip(left_out) {
                println!("     {line}");
            }
        }
    }
    anyhow::anyhow!("{error:#}")
}

fn sum_up(outcomes: &[Outcome], time: Duration, next_command: &str) -> bool {
    let width = outcomes
        .iter()
        .map(|outcome| outcome.name.chars().count())
        .max()
        .unwrap_or_default();
    let mut steps = Totals::default();
    let mut tests = Totals::default();
    println!("\nSummary");
    for outcome in outcomes {
        let name = format!("{:width$}", outcome.name);
        let time = plain(outcome.time);
        match &outcome.result {
            Result::Passed => {
                steps.passed += 1;
                let counts = if outcome.totals == Totals::default() {
                    String::new()
                } else {
                    outcome.totals.to_string()
                };
                println!("  passed   {name}  {time:>12}  {counts}");
            }
            Result::Failed(reason) => {
                steps.failed += 1;
                let counts = if outcome.totals == Totals::default() {
                    String::new()
                } else {
                    format!("{}; ", outcome.totals)
                };
                println!("  FAILED   {name}  {time:>12}  {counts}{reason}");
            }
            Result::NotRun(reason) => {
                steps.skipped += 1;
                println!("  NOT RUN  {name}  {:>12}  {reason}", "");
            }
        }
        tests += outcome.totals;
    }
    let all_well = steps.failed == 0 && steps.skipped == 0;
    println!("Total time: {}", plain(time));
    println!("Steps: {steps}");
    if !all_well {
        let first = outcomes
            .iter()
            .find(|outcome| matches!(outcome.result, Result::Failed(_)));
        if let Some(first) = first {
            println!(
                "Next: mend `{}` first. Its output is above and under {}.",
                first.name,
                crate::repository::logs().display()
            );
            println!("      Run it alone with `{next_command} {}`.", first.name);
        }
    }
    if tests != Totals::default() {
        println!("Tests: {tests}");
    }
    all_well
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    fn fine(name: &str) -> Step {
        Step::chore(name, "a test", |_| Ok(()))
    }

    fn broken(name: &str) -> Step {
        Step::chore(name, "a test", |_| bail!("broken on purpose"))
    }

    #[test]
    fn a_run_whose_steps_all_pass_passes() {
        assert!(run(
            vec![fine("run-test-1"), fine("run-test-2").needs(["run-test-1"])],
            ""
        ));
    }

    #[test]
    fn a_failed_step_fails_the_run_and_later_ones_still_go() {
        let gone = std::rc::Rc::new(std::cell::Cell::new(false));
        let seen = gone.clone();
        let later = Step::chore("run-test-3", "a test", move |_| {
            seen.set(true);
            Ok(())
        });
        assert!(!run(vec![broken("run-test-4"), later], ""));
        assert!(gone.get());
    }

    #[test]
    fn a_step_whose_need_failed_is_not_run_and_that_fails_the_run() {
        let needing = Step::chore("run-test-5", "a test", |_| panic!("must not run")).needs(["run-test-6"]);
        assert!(!run(vec![broken("run-test-6"), needing], ""));
    }

    #[test]
    fn a_test_step_that_ran_nothing_or_skipped_something_fails() {
        assert!(!run(
            vec![Step::tests("run-test-7", "a test", |_| Ok(
                "nothing to see\n".to_owned()
            ))],
            ""
        ));
        assert!(!run(
            vec![Step::tests("run-test-9", "a test", |_| Ok(
                "ℹ pass 1\nℹ skipped 1\n".to_owned()
            ))],
            ""
        ));
        assert!(run(
            vec![Step::tests("run-test-8", "a test", |_| Ok("ℹ pass 1\n".to_owned()))],
            ""
        ));
    }
}
