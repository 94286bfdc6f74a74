// sdk/src/hidden.rs: hides the symbols of the static library, so that no extension exports them.
//
// This crate's own symbols are hidden when they are compiled, those of a crate that it uses are not.

use object::elf::{FileHeader64, SHN_UNDEF, SHT_SYMTAB, STB_LOCAL, STV_HIDDEN, Sym64};
use object::read::archive::ArchiveFile;
use object::read::elf::{FileHeader, SectionHeader, Sym};
use object::{Endianness, pod};

/// Hides what the objects of an archive define. Those of formats other than ELF with 64 bits stay as they are: a linker of COFF
/// exports nothing by itself.
pub fn hide(archive: &mut [u8]) {
    for place in places(archive).unwrap_or_default() {
        archive[place] = archive[place] & !3 | STV_HIDDEN.0;
    }
}

/// Where the visibility of each symbol is written.
fn places(archive: &[u8]) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for member in ArchiveFile::parse(archive).ok()?.members() {
        let member = member.ok()?;
        let (start, _) = member.file_range();
        let of_object = places_in_object(member.data(archive).ok()?);
        places.extend(of_object.unwrap_or_default().iter().map(|place| start as usize + place));
    }
    Some(places)
}

fn places_in_object(data: &[u8]) -> Option<Vec<usize>> {
    let header = FileHeader64::<Endianness>::parse(data).ok()?;
    let endian = header.endian().ok()?;
    let sections = header.sections(endian, data).ok()?;
    let table = sections.iter().find(|section| section.sh_type(endian) == SHT_SYMTAB)?;
    let symbols: &[Sym64<Endianness>] = table.data_as_array(endian, data).ok()?;
    let start = pod::bytes_of_slice(symbols).as_ptr().addr() - data.as_ptr().addr();
    let place =
        |index| start + index * size_of::<Sym64<Endianness>>() + core::mem::offset_of!(Sym64<Endianness>, st_other);
    let is_shown = |symbol: &Sym64<Endianness>| symbol.st_bind() != STB_LOCAL && symbol.st_shndx(endian) != SHN_UNDEF;
    Some(symbols.iter().enumerate().filter(|(_, symbol)| is_shown(symbol)).map(|(index, _)| place(index)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_archive_stays_as_it_is() {
        let mut text = *b"no archive";
        hide(&mut text);
        assert_eq!(&text, b"no archive");
    }
}
