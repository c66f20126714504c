//! Which packs include which, and which of them do so in a circle.

use std::collections::HashMap;

use super::Pack;

/// For each name its packs, by their places among these.
pub(super) fn places<'p>(packs: impl Iterator<Item = &'p Pack>) -> HashMap<&'p str, Vec<u32>> {
    let mut places: HashMap<&str, Vec<u32>> = HashMap::new();
    packs.map(Pack::name).zip(0..).for_each(|(name, place)| places.entry(name).or_default().push(place));
    places
}

/// For each of the packs, by its place among them, those that it includes itself: all of a name that it names. What is not
/// among them is left out.
pub(crate) fn included<'p>(packs: impl Iterator<Item = &'p Pack> + Clone) -> Vec<Vec<u32>> {
    let places = places(packs.clone());
    let of_name = |name: &str| places.get(name).into_iter().flatten().copied();
    packs.map(|pack| pack.include.iter().flat_map(|include| of_name(&include.pack)).collect()).collect()
}

/// For each pack a number that it shares with those that it leads to and that lead to it (Tarjan's algorithm, without
/// recursion, as packs may include each other in a row of any length).
pub(super) fn circles(included: &[Vec<u32>]) -> Vec<u32> {
    let mut walk = Walk {
        seen: vec![NEVER; included.len()],
        earliest: vec![NEVER; included.len()],
        circle: vec![NEVER; included.len()],
        open: Vec::new(),
        count: 0,
    };
    let (mut circles, mut path) = (0, Vec::new());
    for start in 0..included.len() {
        if walk.seen[start] == NEVER {
            walk.enter(start, &mut path);
        }
        while let Some((pack, followed)) = path.last_mut() {
            let pack = *pack;
            if let Some(&next) = included[pack].get(*followed) {
                *followed += 1;
                let next = next as usize;
                match (walk.seen[next], walk.circle[next]) {
                    (NEVER, _) => walk.enter(next, &mut path),
                    (seen, NEVER) => walk.earliest[pack] = walk.earliest[pack].min(seen),
                    _ => {}
                }
                continue;
            }
            path.pop();
            if let Some(&(before, _)) = path.last() {
                walk.earliest[before] = walk.earliest[before].min(walk.earliest[pack]);
            }
            if walk.earliest[pack] == walk.seen[pack] {
                walk.close(pack, circles);
                circles += 1;
            }
        }
    }
    walk.circle
}

const NEVER: u32 = u32::MAX;

struct Walk {
    /// When each pack was seen first.
    seen: Vec<u32>,
    /// The pack seen first of those that it is known to lead to, among those whose circle is not known yet.
    earliest: Vec<u32>,
    circle: Vec<u32>,
    /// Packs that were seen and whose circle is not known yet.
    open: Vec<usize>,
    count: u32,
}

impl Walk {
    fn enter(&mut self, pack: usize, path: &mut Vec<(usize, usize)>) {
        (self.seen[pack], self.earliest[pack]) = (self.count, self.count);
        self.count += 1;
        self.open.push(pack);
        path.push((pack, 0));
    }

    /// All that were seen since that pack are in a circle with it.
    fn close(&mut self, pack: usize, circle: u32) {
        while let Some(member) = self.open.pop() {
            self.circle[member] = circle;
            if member == pack {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one pack leads to the other, looked up the long way.
    fn leads_to(included: &[Vec<u32>], from: u32, to: u32) -> bool {
        let (mut seen, mut wanted) = (vec![false; included.len()], included[from as usize].clone());
        while let Some(pack) = wanted.pop() {
            if !std::mem::replace(&mut seen[pack as usize], true) {
                wanted.extend(&included[pack as usize]);
            }
        }
        seen[to as usize]
    }

    proptest::proptest! {
        #[test]
        fn packs_are_in_one_circle_if_they_lead_to_each_other(
            pairs in proptest::collection::vec((0..8_u32, 0..8_u32), 0..20),
        ) {
            let mut included = vec![Vec::new(); 8];
            pairs.iter().for_each(|&(from, to)| included[from as usize].push(to));
            let circles = circles(&included);
            for (from, to) in (0..8).flat_map(|from| (0..8).map(move |to| (from, to))) {
                let together = from == to || leads_to(&included, from, to) && leads_to(&included, to, from);
                proptest::prop_assert_eq!(circles[from as usize] == circles[to as usize], together);
            }
        }
    }

    #[test]
    fn a_long_row_is_walked_without_a_deep_stack() {
        let row: Vec<Vec<u32>> = (1..200_000).map(|next| vec![next]).chain([vec![]]).collect();
        assert_eq!(circles(&row).iter().max(), Some(&199_999));
    }
}
