// Generated from the table in shims/api by generator/src/emit/rust/units.rs. Do not edit: change the table.


/// The units of `HPyArg_Parse`.
pub(crate) mod arg {
    /// How many letters the longest one has.
    pub(crate) const LONGEST: usize = 2;

    /// The code of the unit that letters of a format begin with, and how many of them it has.
    #[inline(always)]
    pub(crate) const fn find(letters: [u8; LONGEST]) -> Option<(u8, usize)> {
        match letters {
            [b's', b'#', ..] => Some((b'#', 2)),
            [b'z', b'#', ..] => Some((b'#', 2)),
            [code @ (b'i' | b'p' | b'O' | b's'), ..] => Some((code, 1)),
            _ => None,
        }
    }

    /// How many C arguments the unit with this code takes.
    #[inline(always)]
    pub(crate) const fn arguments(code: u8) -> usize {
        match code {
            b'#' => 2,
            _ => 1,
        }
    }

    /// Their spellings, for messages.
    macro_rules! all {
        () => {
            "i p O s s# z#"
        };
    }
    pub(crate) use all;

    /// The greatest number of variables that one writes.
    pub(crate) const MOST: usize = 2;

    /// Whether the unit with this code gives a handle, which a tracker keeps.
    #[inline(always)]
    pub(crate) const fn is_tracked(code: u8) -> bool {
        matches!(code, b'O')
    }

    /// Their spellings, for messages.
    macro_rules! tracked {
        () => {
            "O"
        };
    }
    pub(crate) use tracked;

    /// Whether the unit with this code gives what lives as long as the object.
    #[inline(always)]
    pub(crate) const fn is_borrowed(code: u8) -> bool {
        matches!(code, b'O')
    }

    /// Their spellings, for messages.
    macro_rules! borrowed {
        () => {
            "O"
        };
    }
    pub(crate) use borrowed;

    /// The first letter of the unit with this code.
    pub(crate) const fn first_letter(code: u8) -> u8 {
        match code {
            b'#' => b's',
            _ => code,
        }
    }

    /// Whether the unit with this code reads an argument of the call.
    #[inline(always)]
    pub(crate) const fn is_in_place(_code: u8) -> bool {
        false
    }

    /// Whether the unit with this code gives something that has to be given back.
    #[inline(always)]
    pub(crate) const fn is_undone(_code: u8) -> bool {
        false
    }

    /// Hands `$with` what rustc is to say about the types of units, and a row for each unit.
    macro_rules! units {
        ($with:ident $($first:tt)*) => {
            $with! {
                $($first)*
                notes ["the units write: i c_int, p c_int, O HPy, s *const c_char, s# z# *const c_char and then HPy_ssize_t" "in the message, # is s#"]
                'i' (0 a: c_int) = range(HPyLong_AsLong, c"signed integer is less than minimum", c"signed integer is greater than maximum");
                'p' (0 a: c_int) = call(HPy_IsTrue);
                'O' (0 a: HPy) = convert(object);
                's' (0 a: *const c_char) = convert(text);
                '#' (0 a: *const c_char, 1 b: HPy_ssize_t) = convert(text_and_size);
            }
        };
    }
    pub(crate) use units;
}

/// The units of `HPy_BuildValue`.
pub(crate) mod value {
    /// How many letters the longest one has.
    pub(crate) const LONGEST: usize = 2;

    /// The code of the unit that letters of a format begin with, and how many of them it has.
    #[inline(always)]
    pub(crate) const fn find(letters: [u8; LONGEST]) -> Option<(u8, usize)> {
        match letters {
            [b's', b'#', ..] => Some((b'#', 2)),
            [code @ (b'i' | b'f'), ..] => Some((code, 1)),
            _ => None,
        }
    }

    /// How many C arguments the unit with this code takes.
    #[inline(always)]
    pub(crate) const fn arguments(code: u8) -> usize {
        match code {
            b'#' => 2,
            _ => 1,
        }
    }

    /// Their spellings, for messages.
    macro_rules! all {
        () => {
            "i f s#"
        };
    }
    pub(crate) use all;

    /// Hands `$with` what rustc is to say about the types of units, and a row for each unit.
    macro_rules! units {
        ($with:ident $($first:tt)*) => {
            $with! {
                $($first)*
                notes ["the units take: i c_int, f f32 or f64, s# *const c_char and then HPy_ssize_t" "in the message, # is s#"]
                'i' = signed(0 'i' i [[] c_int]);
                'f' = float(0 'd' d [[] f32 | [] f64]);
                '#' = text_of_size(0 's' s [[] *const c_char], 1 'n' i [[] HPy_ssize_t]);
            }
        };
    }
    pub(crate) use units;
}

/// The units of `HPyUnicode_FromFormat`.
pub(crate) mod format {
    /// How many letters the longest one has.
    pub(crate) const LONGEST: usize = 2;

    /// The code of the unit that letters of a format begin with, and how many of them it has.
    #[inline(always)]
    pub(crate) const fn find(letters: [u8; LONGEST]) -> Option<(u8, usize)> {
        match letters {
            [b'l', b'd', ..] => Some((b'l', 2)),
            [b'l', b'i', ..] => Some((b'l', 2)),
            [code @ (b'p' | b'V'), ..] => Some((code, 1)),
            _ => None,
        }
    }

    /// How many C arguments the unit with this code takes.
    #[inline(always)]
    pub(crate) const fn arguments(code: u8) -> usize {
        match code {
            b'V' => 2,
            _ => 1,
        }
    }

    /// Their spellings, for messages.
    macro_rules! all {
        () => {
            "ld li p V"
        };
    }
    pub(crate) use all;

    /// Whether the unit with this code takes no `0`.
    #[inline(always)]
    pub(crate) const fn is_without_zeros(code: u8) -> bool {
        matches!(code, b'p' | b'V')
    }

    /// Their spellings, for messages.
    macro_rules! without_zeros {
        () => {
            "p V"
        };
    }
    pub(crate) use without_zeros;

    /// Whether the unit with this code takes neither width nor precision.
    #[inline(always)]
    pub(crate) const fn is_without_padding(code: u8) -> bool {
        matches!(code, b'p')
    }

    /// Their spellings, for messages.
    macro_rules! without_padding {
        () => {
            "p"
        };
    }
    pub(crate) use without_padding;

    /// Hands `$with` what rustc is to say about the types of units, and a row for each unit.
    macro_rules! units {
        ($with:ident $($first:tt)*) => {
            $with! {
                $($first)*
                notes ["the units take: %ld %li c_long, %p *const T or *mut T, %V HPy and then *const c_char" "in the message, l is %ld"]
                'l' = signed(0 'l' i [[] c_long]);
                'p' = pointer(0 'p' p [[T] *const T | [T] *mut T]);
                'V' = string_or_c_string(0 'O' o [[] HPy], 1 's' s [[] *const c_char]);
            }
        };
    }
    pub(crate) use units;
}
