//! How is another program run, shown while it works, and stopped when it does not end?

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::repository;

/// A silent quarter of a minute and more looks like a hang.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// How long a program that has ended may leave its output open, as a child that it forgot can do.
const AFTER_THE_END: Duration = Duration::from_secs(5);

/// One call of another program.
pub struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    absent: Vec<&'static str>,
    folder: PathBuf,
    limit: Duration,
}

impl Program {
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        Self {
            name: name.as_ref().to_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
            absent: Vec::new(),
            folder: repository::root(),
            limit: Duration::from_secs(20 * 60),
        }
    }

    pub fn arguments<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments
            .extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub fn variable(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    pub fn without_variable(mut self, name: &'static str) -> Self {
        self.absent.push(name);
        self
    }

    pub fn folder(mut self, folder: PathBuf) -> Self {
        self.folder = folder;
        self
    }

    /// After this long the program is stopped, so that a hung browser costs minutes and not the whole run.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// As a person would type it, less the folders in front.
    fn words(&self) -> String {
        let root = repository::root();
        let shown = |word: &OsString| match Path::new(word).strip_prefix(&root) {
            Ok(rest) if rest.as_os_str().is_empty() => ".".to_owned(),
            Ok(rest) => rest.to_string_lossy().into_owned(),
            Err(_) => word.to_string_lossy().into_owned(),
        };
        std::iter::once(&self.name)
            .chain(&self.arguments)
            .map(shown)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command
            .args(&self.arguments)
            .envs(self.variables.iter().cloned())
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        for name in &self.absent {
            command.env_remove(name);
        }
        command
    }

    /// Hands over the terminal until the program ends: for a server that a person stops.
    pub fn run_in_front(self) -> anyhow::Result<bool> {
        let status = self
            .command()
            .status()
            .with_context(|| format!("could not start `{}`", self.words()))?;
        Ok(status.success())
    }

    /// What a short question to a program answers, such as its version. `None` if it cannot be asked.
    pub fn answer(self) -> Option<String> {
        let output = self.command().stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// What a step shows and keeps of the programs that it runs.
pub struct Screen {
    log: PathBuf,
    live: bool,
}

/// Whether a person is watching. Otherwise only heartbeats, failures and closing lines are printed.
pub fn watched() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("CI").is_none()
}

impl Screen {
    /// A fresh log for the step of that name.
    pub fn open(step: &str) -> anyhow::Result<Self> {
        let folder = repository::logs();
        std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        let log = folder.join(format!("{}.log", step.replace(' ', "-")));
        File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        Ok(Self { log, live: watched() })
    }

    pub fn log(&self) -> &PathBuf {
        &self.log
    }

    /// Whether the output has been on the screen already.
    pub fn live(&self) -> bool {
        self.live
    }

    pub fn say(&self, line: &str) {
        println!("   {line}");
    }

    /// Runs it to its end. The output comes back, and is in the log whatever happens.
    pub fn run(&self, program: Program) -> anyhow::Result<String> {
        let words = program.words();
        self.say(&format!("$ {words}"));
        let mut command = program.command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        if !self.live {
            own_group(&mut command);
        }
        let mut child = command.spawn().with_context(|| format!("could not start `{words}`"))?;
        let (sender, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            read_lines(output, sender.clone());
        }
        if let Some(output) = child.stderr.take() {
            read_lines(output, sender);
        }

        let mut log = File::options().append(true).open(&self.log)?;
        writeln!(log, "$ {words}")?;
        let started = Instant::now();
        let mut shown = started;
        let mut ended: Option<Instant> = None;
        let mut output = String::new();
        let mut last = String::new();
        loop {
            match lines.recv_timeout(Duration::from_millis(500)) {
                Ok(line) => {
                    log.write_all(line.as_bytes())?;
                    output.push_str(&line);
                    if self.live {
                        print!("     {line}");
                        shown = Instant::now();
                    } else if line
                        .trim_start()
                        .starts_with(|first: char| first.is_alphanumeric() || first == '✔')
                    {
                        // Not the lines of a drawing or a table: they tell nobody where it is.
                        line.trim().clone_into(&mut last);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    if ended.is_none() && child.try_wait()?.is_some() {
                        ended = Some(Instant::now());
                    }
                    if ended.is_some_and(|end| end.elapsed() > AFTER_THE_END) {
                        break;
                    }
                }
            }
            if shown.elapsed() >= HEARTBEAT {
                shown = Instant::now();
                let so_far = if last.is_empty() { "no output yet" } else { &last };
                self.say(&format!("… {} so far: {}", plain(started.elapsed()), shortened(so_far)));
            }
            if started.elapsed() > program.limit {
                stop(&mut child, self.live);
                writeln!(log, "stopped after {}", plain(started.elapsed()))?;
                bail!(
                    "`{words}` had not ended after {}, so it was stopped",
                    plain(program.limit)
                );
            }
        }
        let status = child.wait()?;
        writeln!(log, "{status} after {}", plain(started.elapsed()))?;
        if status.success() {
            return Ok(output);
        }
        Err(Failed {
            words,
            status: status.to_string(),
            output,
        }
        .into())
    }
}

/// A program ran and said no. Its output is kept, because a test runner's counts are in it.
#[derive(Debug)]
pub struct Failed {
    words: String,
    status: String,
    pub output: String,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "`{}` failed ({})", shortened(&self.words), self.status)
    }
}

impl std::error::Error for Failed {}

/// `1 min 20 s`, for people.
pub fn plain(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else if seconds >= 10 {
        format!("{seconds} s")
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// One line of a screen is enough to see that something moves.
fn shortened(line: &str) -> String {
    const WIDTH: usize = 100;
    if line.chars().count() <= WIDTH {
        line.to_owned()
    } else {
        line.chars().take(WIDTH).chain(['…']).collect()
    }
}

fn read_lines(output: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut bytes = Vec::new();
        while matches!(output.read_until(b'\n', &mut bytes), Ok(1..)) {
            if bytes.last() != Some(&b'\n') {
                bytes.push(b'\n');
            }
            if lines.send(String::from_utf8_lossy(&bytes).into_owned()).is_err() {
                return;
            }
            bytes.clear();
        }
    });
}

/// A group of its own lets the whole family be stopped at once. Not at a terminal, where Ctrl+C must reach it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// First asks, so that browsers and drivers are taken down in order, then ends it.
fn stop(child: &mut Child, in_our_group: bool) {
    if cfg!(unix) {
        let id = child.id();
        let target = if in_our_group { id.to_string() } else { format!("-{id}") };
        for signal in ["-TERM", "-KILL"] {
            let _ = Command::new("kill")
                .args([signal, "--", &target])
                .stderr(Stdio::null())
                .status();
            let asked = Instant::now();
            while asked.elapsed() < Duration::from_secs(10) {
                if matches!(child.try_wait(), Ok(Some(_))) {
                    return;
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_a_person_says_them() {
        assert_eq!(plain(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(plain(Duration::from_secs(59)), "59 s");
        assert_eq!(plain(Duration::from_secs(80)), "1 min 20 s");
    }

    #[test]
    #[cfg(unix)]
    fn a_failing_program_hands_back_its_output() {
        let screen = Screen::open("test of a failing program").unwrap();
        let error = screen
            .run(Program::new("sh").arguments(["-c", "echo out; echo err >&2; exit 3"]))
            .unwrap_err();
        let failed = error.downcast_ref::<Failed>().unwrap();
        assert!(
            failed.output.contains("out\n") && failed.output.contains("err\n"),
            "{failed:?}"
        );
        assert!(failed.to_string().contains("exit status: 3"), "{failed}");
        assert!(std::fs::read_to_string(screen.log()).unwrap().contains("err\n"));
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_does_not_end_is_stopped_with_its_children() {
        let screen = Screen {
            live: false,
            ..Screen::open("test of a hung program").unwrap()
        };
        let mark = screen.log().with_extension("mark");
        let _ = std::fs::remove_file(&mark);
        let family = format!("(sleep 3; touch '{}') & wait", mark.display());
        let started = Instant::now();
        let hung = Program::new("sh")
            .arguments(["-c", &family])
            .limit(Duration::from_secs(1));
        let error = screen.run(hung).unwrap_err().to_string();
        assert!(error.contains("so it was stopped"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(3), "{error}");
        thread::sleep(Duration::from_secs(4).saturating_sub(started.elapsed()));
        assert!(!mark.exists(), "its child lived on");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let screen = Screen::open("test of an absent program").unwrap();
        let error = screen.run(Program::new("no-such-program")).unwrap_err().to_string();
        assert_eq!(error, "could not start `no-such-program`");
    }
}
