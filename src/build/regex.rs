//! The subset of regular expressions that the numbering plan uses, as a machine that is fed one digit at a time.
//!
//! Anything outside the subset fails the build, so that new metadata can never be misread in silence.

use std::collections::HashSet;

enum Tree {
    Empty,
    Digits(u16),
    End,
    Capture(Box<Tree>),
    Sequence(Vec<Tree>),
    Choice(Vec<Tree>),
    Repeat { inner: Box<Tree>, least: usize, most: usize },
}

#[derive(Clone, Copy)]
enum Step {
    Digits(u16),
    End,
    /// Tries the first branch before the second.
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    Match,
}

/// A capturing group: where it starts and ends, in digits from the start of the number.
pub type Group = (u8, u8);

/// Parentheses beyond this are a new kind of rule, to be looked at by a person.
pub const GROUPS: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Match {
    pub end: u8,
    pub groups: [Option<Group>; GROUPS],
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Thread {
    at: usize,
    open: [u8; GROUPS],
    groups: [Option<Group>; GROUPS],
}

/// What has been read so far: the branches still open, best first, and the best match behind them.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct State {
    threads: Vec<Thread>,
    found: Option<Match>,
}

pub struct Machine {
    steps: Vec<Step>,
    pub groups: usize,
}

impl Machine {
    /// A machine that matches the start of a number, as Java's `lookingAt`.
    pub fn prefix(pattern: &str) -> Machine {
        let mut parser =
            Parser { text: pattern.bytes().filter(|b| !b.is_ascii_whitespace()).collect(), at: 0, groups: 0 };
        let tree = parser.choice();
        assert!(parser.at == parser.text.len(), "unbalanced parenthesis in {pattern}");
        assert!(parser.groups <= GROUPS, "more than {GROUPS} groups in {pattern}");
        let mut machine = Machine { steps: Vec::new(), groups: parser.groups };
        machine.compile(&tree, &mut 0);
        machine.steps.push(Step::Match);
        machine
    }

    /// A machine that matches the whole number, as Java's `matches`.
    pub fn whole(pattern: &str) -> Machine {
        Machine::prefix(&format!("(?:{pattern})$"))
    }

    fn compile(&mut self, tree: &Tree, group: &mut usize) {
        match tree {
            Tree::Empty => {}
            Tree::Digits(mask) => self.steps.push(Step::Digits(*mask)),
            Tree::End => self.steps.push(Step::End),
            Tree::Capture(inner) => {
                let slot = *group;
                *group += 1;
                self.steps.push(Step::Save(2 * slot));
                self.compile(inner, group);
                self.steps.push(Step::Save(2 * slot + 1));
            }
            Tree::Sequence(parts) => parts.iter().for_each(|part| self.compile(part, group)),
            Tree::Choice(options) => self.compile_choice(options, group),
            Tree::Repeat { inner, least, most } => {
                let first = *group;
                for _ in 0..*least {
                    *group = first;
                    self.compile(inner, group);
                }
                let mut splits = Vec::new();
                for _ in *least..*most {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                    *group = first;
                    self.compile(inner, group);
                }
                let end = self.steps.len();
                for split in splits {
                    self.steps[split] = Step::Split(split + 1, end);
                }
            }
        }
    }

    fn compile_choice(&mut self, options: &[Tree], group: &mut usize) {
        let mut jumps = Vec::new();
        for (i, option) in options.iter().enumerate() {
            let split = self.steps.len();
            let last = i + 1 == options.len();
            if !last {
                self.steps.push(Step::Jump(0));
            }
            self.compile(option, group);
            if !last {
                jumps.push(self.steps.len());
                self.steps.push(Step::Jump(0));
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
        }
        let end = self.steps.len();
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
    }

    pub fn start(&self) -> State {
        let mut state = State::default();
        let thread = Thread { at: 0, open: [0; GROUPS], groups: [None; GROUPS] };
        self.enter(thread, 0, &mut state, &mut HashSet::new());
        state
    }

    /// Follows what needs no digit. False once a match makes every later branch moot.
    fn enter(&self, mut thread: Thread, position: u8, state: &mut State, seen: &mut HashSet<usize>) -> bool {
        if !seen.insert(thread.at) {
            return true;
        }
        match self.steps[thread.at] {
            Step::Digits(_) | Step::End => {
                state.threads.push(thread);
                true
            }
            Step::Jump(to) => self.enter(Thread { at: to, ..thread }, position, state, seen),
            Step::Split(first, second) => {
                self.enter(Thread { at: first, ..thread.clone() }, position, state, seen)
                    && self.enter(Thread { at: second, ..thread }, position, state, seen)
            }
            Step::Save(slot) => {
                if slot % 2 == 0 {
                    thread.open[slot / 2] = position;
                } else {
                    thread.groups[slot / 2] = Some((thread.open[slot / 2], position));
                    thread.open[slot / 2] = 0;
                }
                thread.at += 1;
                self.enter(thread, position, state, seen)
            }
            Step::Match => {
                state.found = Some(Match { end: position, groups: thread.groups });
                false
            }
        }
    }

    /// The state after one more digit, which is the one at `position`.
    pub fn feed(&self, state: &State, digit: u8, position: u8) -> State {
        let mut next = State { threads: Vec::new(), found: state.found };
        let mut seen = HashSet::new();
        for thread in &state.threads {
            if let Step::Digits(mask) = self.steps[thread.at]
                && mask >> digit & 1 == 1
                && !self.enter(Thread { at: thread.at + 1, ..thread.clone() }, position + 1, &mut next, &mut seen)
            {
                break;
            }
        }
        next
    }

    /// What is matched if the number ends here.
    pub fn finish(&self, state: &State, position: u8) -> Option<Match> {
        for thread in &state.threads {
            if let Step::End = self.steps[thread.at] {
                let mut end = State::default();
                let follow = Thread { at: thread.at + 1, ..thread.clone() };
                if !self.enter(follow, position, &mut end, &mut HashSet::new()) {
                    return end.found;
                }
            }
        }
        state.found
    }
}

impl State {
    /// Neither matched nor able to match.
    pub fn is_dead(&self) -> bool {
        self.threads.is_empty() && self.found.is_none()
    }

    /// A machine without groups needs to know only that it has matched, not where.
    pub fn forget_place(mut self) -> State {
        if self.found.is_some() {
            self.found = Some(Match::default());
        }
        self
    }
}

struct Parser {
    text: Vec<u8>,
    at: usize,
    groups: usize,
}

impl Parser {
    fn fail(&self, what: &str) -> ! {
        panic!("{what} at {} of the pattern {}", self.at, String::from_utf8_lossy(&self.text));
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn choice(&mut self) -> Tree {
        let mut options = vec![self.sequence()];
        while self.peek() == Some(b'|') {
            self.at += 1;
            options.push(self.sequence());
        }
        Tree::Choice(options)
    }

    fn sequence(&mut self) -> Tree {
        let mut parts = Vec::new();
        while let Some(byte) = self.peek().filter(|b| !b"|)".contains(b)) {
            let part = self.atom(byte);
            parts.push(self.repeated(part));
        }
        if parts.is_empty() { Tree::Empty } else { Tree::Sequence(parts) }
    }

    fn atom(&mut self, byte: u8) -> Tree {
        self.at += 1;
        match byte {
            b'0'..=b'9' => Tree::Digits(1 << (byte - b'0')),
            b'\\' if self.peek() == Some(b'd') => {
                self.at += 1;
                Tree::Digits(0x3ff)
            }
            b'[' => self.class(),
            b'$' if self.peek().is_none_or(|b| b"|)".contains(&b)) => Tree::End,
            b'(' => {
                let plain = self.text[self.at..].starts_with(b"?:");
                if plain {
                    self.at += 2;
                } else {
                    self.groups += 1;
                }
                let inner = Box::new(self.choice());
                if self.peek() != Some(b')') {
                    self.fail("unclosed group");
                }
                self.at += 1;
                if plain { *inner } else { Tree::Capture(inner) }
            }
            _ => self.fail("unknown construct"),
        }
    }

    fn class(&mut self) -> Tree {
        let mut mask = 0;
        loop {
            match (self.peek(), self.text.get(self.at + 1), self.text.get(self.at + 2)) {
                (Some(b']'), ..) if mask != 0 => break,
                (Some(low @ b'0'..=b'9'), Some(b'-'), Some(high @ b'0'..=b'9')) if low < *high => {
                    (low..=*high).for_each(|digit| mask |= 1 << (digit - b'0'));
                    self.at += 3;
                }
                (Some(digit @ b'0'..=b'9'), ..) => {
                    mask |= 1 << (digit - b'0');
                    self.at += 1;
                }
                (Some(b'\\'), Some(b'd'), _) => {
                    mask = 0x3ff;
                    self.at += 2;
                }
                _ => self.fail("unknown character class"),
            }
        }
        self.at += 1;
        Tree::Digits(mask)
    }

    fn repeated(&mut self, inner: Tree) -> Tree {
        let (least, most) = match self.peek() {
            Some(b'?') => {
                self.at += 1;
                (0, 1)
            }
            Some(b'{') => {
                let length = self.text[self.at..].iter().position(|b| *b == b'}');
                let Some(length) = length else { self.fail("unclosed count") };
                let inside = String::from_utf8_lossy(&self.text[self.at + 1..self.at + length]).into_owned();
                let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
                let (Ok(least), Ok(most)) = (least.parse::<usize>(), most.parse::<usize>()) else {
                    self.fail("unknown count")
                };
                self.at += length + 1;
                (least, most)
            }
            _ => return inner,
        };
        if matches!(self.peek(), Some(b'?' | b'*' | b'+' | b'{')) || least > most {
            self.fail("unknown repetition");
        }
        Tree::Repeat { inner: Box::new(inner), least, most }
    }
}
