//! Digests as headers write them: a name, a colon, and the hash in base32 or hexadecimal.

use data_encoding::{BASE32, BASE32_NOPAD, HEXLOWER};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

/// How a digest is made and written, read from an older one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct DigestForm<'v> {
    /// The algorithm's name as it is written, with the colon.
    label: &'v [u8],
    algorithm: Algorithm,
    writing: Writing,
    lower_case: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Algorithm {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Writing {
    Base32,
    Base32Padded,
    Hexadecimal,
}

impl<'v> DigestForm<'v> {
    /// The form of that digest; nothing if its algorithm or its writing is not known.
    pub(super) fn read(value: &'v [u8]) -> Option<DigestForm<'v>> {
        let colon = value.iter().position(|&byte| byte == b':')?;
        let (label, hash) = value.split_at(colon + 1);
        let algorithm = match label.to_ascii_lowercase().as_slice() {
            b"md5:" => Algorithm::Md5,
            b"sha1:" | b"sha-1:" => Algorithm::Sha1,
            b"sha256:" | b"sha-256:" => Algorithm::Sha256,
            b"sha512:" | b"sha-512:" => Algorithm::Sha512,
            _ => return None,
        };
        let hash = hash.trim_ascii();
        let lower_case = hash.iter().any(u8::is_ascii_lowercase);
        let [upper, lower] = [hash.to_ascii_uppercase(), hash.to_ascii_lowercase()];
        let decoded = [
            (Writing::Hexadecimal, HEXLOWER.decode(&lower)),
            (Writing::Base32, BASE32_NOPAD.decode(&upper)),
            (Writing::Base32Padded, BASE32.decode(&upper)),
        ];
        // The right number of bytes comes out of one writing only. (Base32 of sha1 needs no padding.)
        let fits = |bytes: Vec<u8>| bytes.len() == algorithm.bytes();
        let (writing, _) = decoded.into_iter().find(|(_, bytes)| bytes.clone().is_ok_and(fits))?;
        Some(DigestForm { label, algorithm, writing, lower_case })
    }

    /// The digest of the pieces, one after the other, in this form.
    pub(super) fn of(&self, pieces: &[&[u8]]) -> Vec<u8> {
        let hash = match self.algorithm {
            Algorithm::Md5 => hash::<Md5>(pieces),
            Algorithm::Sha1 => hash::<Sha1>(pieces),
            Algorithm::Sha256 => hash::<Sha256>(pieces),
            Algorithm::Sha512 => hash::<Sha512>(pieces),
        };
        let mut written = match self.writing {
            Writing::Base32 => BASE32_NOPAD.encode(&hash),
            Writing::Base32Padded => BASE32.encode(&hash),
            Writing::Hexadecimal => HEXLOWER.encode(&hash),
        };
        match self.lower_case {
            true => written.make_ascii_lowercase(),
            false => written.make_ascii_uppercase(),
        }
        [self.label, written.as_bytes()].concat()
    }
}

impl Algorithm {
    fn bytes(self) -> usize {
        match self {
            Algorithm::Md5 => 16,
            Algorithm::Sha1 => 20,
            Algorithm::Sha256 => 32,
            Algorithm::Sha512 => 64,
        }
    }
}

fn hash<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
    let mut hasher = D::new();
    for piece in pieces {
        hasher.update(piece);
    }
    hasher.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of "abc" as RFC 1321 and FIPS 180 print them, and in the other writing.
    const OF_ABC: [&str; 10] = [
        "md5:900150983cd24fb0d6963f7d28e17f72",
        "MD5:SAAVBGB42JH3BVUWH56SRYL7OI",
        "md5:SAAVBGB42JH3BVUWH56SRYL7OI======",
        "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
        "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5",
        "sha-1:A9993E364706816ABA3E25717850C26C9CD0D89D",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ",
        "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
        "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ];

    #[test]
    fn a_digest_is_written_as_the_old_one_was() {
        for digest in OF_ABC {
            let form = DigestForm::read(digest.as_bytes()).expect(digest);
            assert_eq!(String::from_utf8(form.of(&[b"a", b"", b"bc"])).unwrap(), digest);
            assert_ne!(form.of(&[b"abd"]), digest.as_bytes());
        }
    }

    #[test]
    fn a_form_that_is_not_known_is_none() {
        for digest in [
            "",
            "sha1",
            "sha1:",
            "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE",
            "sha1:900150983cd24fb0d6963f7d28e17f72",
            "sha384:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "sha1:\u{e9}",
        ] {
            assert_eq!(DigestForm::read(digest.as_bytes()), None, "{digest}");
        }
    }
}
