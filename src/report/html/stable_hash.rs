//! A hash that is the same in every version and on every machine.

/// FNV-1a of 64 bits, with a last step that spreads each bit over all of them: samples are compared by
/// their high bits, which FNV-1a alone moves little at the end of its input.
#[derive(Clone, Copy)]
pub(super) struct StableHash(u64);

impl StableHash {
    pub(super) fn new() -> StableHash {
        StableHash(0xcbf2_9ce4_8422_2325)
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> StableHash {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    pub(super) fn number(self, number: u64) -> StableHash {
        self.bytes(&number.to_le_bytes())
    }

    pub(super) fn finish(self) -> u64 {
        let mut bits = self.0;
        bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        bits ^ (bits >> 33)
    }
}

#[cfg(test)]
mod tests {
    use super::StableHash;

    #[test]
    fn it_is_fnv_1a_before_its_last_step() {
        assert_eq!(StableHash::new().bytes(b"").0, 0xcbf2_9ce4_8422_2325);
        assert_eq!(StableHash::new().bytes(b"a").0, 0xaf63_dc4c_8601_ec8c);
        assert_eq!(StableHash::new().bytes(b"foobar").0, 0x8594_4171_f739_67e8);
    }

    #[test]
    fn neighbours_fall_evenly_over_the_range() {
        let below_half = (0..10_000).filter(|&n| StableHash::new().number(n).finish() < u64::MAX / 2).count();
        assert!((4_800..5_200).contains(&below_half), "{below_half}");
    }
}
