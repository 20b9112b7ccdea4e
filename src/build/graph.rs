//! Decision graphs: a question about a number, answered digit by digit, folded into as few nodes as it has different futures.

use std::collections::HashMap;
use std::hash::Hash;

use crate::plan::{LENGTHS, Row};

/// A question whose answer depends on the digits read and, at the end, on how many there were.
pub trait Question {
    /// All that is remembered of the digits read.
    type State: Clone + Eq + Hash;

    fn start(&self) -> Self::State;
    fn feed(&self, state: &Self::State, digit: u8, position: u8) -> Self::State;
    fn answer(&self, state: &Self::State, length: u8) -> u16;
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    Row(usize),
    Node(usize),
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Node {
    depth: usize,
    pub end: u16,
    pub children: [Target; 10],
}

/// The graph of one kind of question over one calling code; questions about its regions share it.
#[derive(Default)]
pub struct Graph {
    pub rows: Vec<Row>,
    pub nodes: Vec<Node>,
    row_ids: HashMap<Row, usize>,
    node_ids: HashMap<Node, usize>,
}

impl Graph {
    /// Adds a question and returns where its walk starts.
    pub fn add<Q: Question>(&mut self, question: &Q) -> Target {
        self.explore(question, &question.start(), 0, &mut HashMap::new())
    }

    fn explore<Q: Question>(
        &mut self,
        question: &Q,
        state: &Q::State,
        depth: usize,
        known: &mut HashMap<(Q::State, usize), Target>,
    ) -> Target {
        let key = (state.clone(), depth);
        if let Some(target) = known.get(&key) {
            return *target;
        }
        let end = question.answer(state, depth as u8);
        let target = if depth + 1 == LENGTHS {
            for digit in 0..10 {
                let longer = question.feed(state, digit, depth as u8);
                assert_eq!(
                    end,
                    question.answer(&longer, depth as u8 + 1),
                    "an answer depends on a digit past the longest number"
                );
            }
            let mut row = Row::default();
            row[depth] = end;
            self.row(row)
        } else {
            let children = std::array::from_fn(|digit| {
                let next = question.feed(state, digit as u8, depth as u8);
                self.explore(question, &next, depth + 1, known)
            });
            self.fold(depth, end, children)
        };
        known.insert(key, target);
        target
    }

    fn row(&mut self, row: Row) -> Target {
        let id = *self.row_ids.entry(row).or_insert_with(|| {
            self.rows.push(row);
            self.rows.len() - 1
        });
        Target::Row(id)
    }

    /// A node, unless all ten digits lead to the same row: then the digits no longer matter, only the length does.
    fn fold(&mut self, depth: usize, end: u16, children: [Target; 10]) -> Target {
        if let Target::Row(id) = children[0]
            && children.iter().all(|child| *child == children[0])
        {
            let mut row = self.rows[id];
            row[depth] = end;
            return self.row(row);
        }
        let node = Node { depth, end, children };
        let id = *self.node_ids.entry(node.clone()).or_insert_with(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        });
        Target::Node(id)
    }

    /// The same graph with rows merged: what a row says of lengths already passed is never asked, so a row may stand in
    /// for another that agrees on the rest.
    pub fn merged(&self, roots: &[Target]) -> (Graph, Vec<Target>) {
        let mut shallowest = vec![LENGTHS; self.rows.len()];
        let mut note = |target: &Target, depth: usize| {
            if let Target::Row(id) = target {
                shallowest[*id] = shallowest[*id].min(depth);
            }
        };
        roots.iter().for_each(|root| note(root, 0));
        for node in &self.nodes {
            node.children.iter().for_each(|child| note(child, node.depth + 1));
        }
        let stands_for = |id: usize| {
            let fits = |other: &usize| {
                shallowest[*other] < shallowest[id]
                    && self.rows[*other][shallowest[id]..] == self.rows[id][shallowest[id]..]
            };
            (0..self.rows.len()).filter(fits).min_by_key(|other| shallowest[*other]).unwrap_or(id)
        };
        let replaced: Vec<Row> = (0..self.rows.len()).map(|id| self.rows[stands_for(id)]).collect();
        let mut graph = Graph::default();
        let mut moved: Vec<Target> = Vec::new();
        for node in &self.nodes {
            let children = node.children.map(|child| match child {
                Target::Row(id) => graph.row(replaced[id]),
                Target::Node(id) => moved[id],
            });
            let target = graph.plain(node.depth, node.end, children);
            moved.push(target);
        }
        let roots = roots.iter().map(|root| match root {
            Target::Row(id) => graph.row(replaced[*id]),
            Target::Node(id) => moved[*id],
        });
        let roots = roots.collect();
        (graph, roots)
    }

    /// The graph up to a depth, with this row where it goes on.
    pub fn above(&self, root: Target, depth: usize, row: Row) -> (Graph, Vec<Target>) {
        let mut graph = Graph::default();
        let root = graph.copy(self, root, 0, &mut |graph, target, at| match target {
            Target::Node(_) if at == depth => Some(graph.row(row)),
            Target::Row(id) => Some(graph.row(self.rows[id])),
            Target::Node(_) => None,
        });
        (graph, vec![root])
    }

    /// The graph from a depth on, with no answer where it has ended before.
    pub fn below(&self, root: Target, depth: usize) -> (Graph, Vec<Target>) {
        let mut graph = Graph::default();
        let root = graph.copy(self, root, 0, &mut |graph, target, at| match target {
            Target::Row(id) => Some(graph.row(if at > depth { self.rows[id] } else { Row::default() })),
            Target::Node(_) => None,
        });
        (graph, vec![root])
    }

    fn copy(
        &mut self,
        from: &Graph,
        target: Target,
        depth: usize,
        ends: &mut impl FnMut(&mut Graph, Target, usize) -> Option<Target>,
    ) -> Target {
        if let Some(end) = ends(self, target, depth) {
            return end;
        }
        let Target::Node(id) = target else { return target };
        let node = &from.nodes[id];
        let children = node.children.map(|child| self.copy(from, child, depth + 1, ends));
        self.fold(depth, node.end, children)
    }

    fn plain(&mut self, depth: usize, end: u16, children: [Target; 10]) -> Target {
        let node = Node { depth, end, children };
        let id = *self.node_ids.entry(node.clone()).or_insert_with(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        });
        Target::Node(id)
    }
}
