// abi-tests/src/buffer.rs: an object that exports its memory: one view at a time.

use core::ptr;

use crate::support::{Give, add_types, int, slice};
use hpy_sys::*;

#[repr(C)]
struct Block {
    bytes: [u8; 6],
    exported: bool,
    exports: i64,
    releases: i64,
    shape: [HPy_ssize_t; 2],
    strides: [HPy_ssize_t; 2],
}

HPyType_HELPERS!(Block, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, args, nargs, _kw| unsafe {
    let mut block: *mut Block = ptr::null_mut();
    let h = HPy_New(ctx, class, &mut block);
    if !HPy_IsNull(h) {
        for (index, arg) in slice(args, nargs as usize).iter().enumerate() {
            (*block).bytes[index] = int(ctx, *arg) as u8;
        }
        (*block).shape = [2, 3];
        (*block).strides = [3, 1];
    }
    h
});

HPyDef_SLOT!(get_buffer, HPy_bf_getbuffer, |ctx, self_, buffer, flags| unsafe { export(ctx, self_, buffer, flags, 0) });
HPyDef_SLOT!(get_readonly, HPy_bf_getbuffer, |ctx, self_, buffer, flags| unsafe {
    export(ctx, self_, buffer, flags, 1)
});

unsafe fn export(ctx: &HPyContext, self_: HPy, buffer: *mut HPy_buffer, flags: c_int, readonly: c_int) -> c_int {
    let block = &mut *Block::AsStruct(ctx, self_);
    if block.exported {
        (*buffer).obj = HPy_NULL;
        HPyErr_SetString(ctx, ctx.h_BufferError, c"it is exported already".as_ptr());
        return -1;
    }
    if readonly != 0 && flags & 0x1 != 0 {
        (*buffer).obj = HPy_NULL;
        HPyErr_SetString(ctx, ctx.h_BufferError, c"it is not writable".as_ptr());
        return -1;
    }
    // PyBUF_SIMPLE asks for neither.
    let with_shape = flags & 0x8 != 0;
    buffer.write(HPy_buffer {
        buf: block.bytes.as_mut_ptr().cast(),
        obj: HPy_Dup(ctx, self_),
        len: 6,
        itemsize: 1,
        readonly,
        ndim: 2,
        format: if flags & 0x4 != 0 { c"B".as_ptr().cast_mut() } else { ptr::null_mut() },
        shape: if with_shape { block.shape.as_mut_ptr() } else { ptr::null_mut() },
        strides: if with_shape { block.strides.as_mut_ptr() } else { ptr::null_mut() },
        suboffsets: ptr::null_mut(),
        internal: ptr::without_provenance_mut(7),
    });
    (block.exported, block.exports) = (true, block.exports + 1);
    0
}

HPyDef_SLOT!(release_buffer, HPy_bf_releasebuffer, |ctx, self_, buffer| unsafe {
    let block = &mut *Block::AsStruct(ctx, self_);
    assert!((*buffer).internal.addr() == 7, "it is the buffer that was given out");
    (block.exported, block.releases) = (false, block.releases + 1);
});
HPyDef_SLOT!(release_as_100, HPy_bf_releasebuffer, |ctx, self_, _buffer| unsafe {
    let block = &mut *Block::AsStruct(ctx, self_);
    (block.exported, block.releases) = (false, block.releases + 100);
});

HPyDef_METH!(counts, "counts", HPyFunc_NOARGS, |ctx, self_| unsafe {
    let block = &*Block::AsStruct(ctx, self_);
    [block.exports, block.releases].give(ctx)
});

static BLOCK: HPyType_Spec = HPyType_Spec!(
    name = "buffer.Block",
    basicsize = size_of::<Block>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [new, get_buffer, release_buffer, counts],
);
/// It has nothing to do when a view goes.
static ONLY_GET: HPyType_Spec = HPyType_Spec!(
    name = "buffer.OnlyGet",
    basicsize = size_of::<Block>(),
    flags = HPy_TPFLAGS_DEFAULT,
    defines = [new, get_buffer, counts],
);

/// Each replaces one of the functions of [`BLOCK`].
static GET_BELOW: HPyType_Spec =
    HPyType_Spec!(name = "buffer.GetBelow", flags = HPy_TPFLAGS_DEFAULT, defines = [get_readonly]);
static RELEASE_BELOW: HPyType_Spec =
    HPyType_Spec!(name = "buffer.ReleaseBelow", flags = HPy_TPFLAGS_DEFAULT, defines = [release_as_100]);

functions! {
    BUFFER(ctx) + [exec] {
        get_below(base) => below(ctx, &GET_BELOW, base);
        release_below(base) => below(ctx, &RELEASE_BELOW, base);
    }
}

unsafe fn below(ctx: &HPyContext, spec: &HPyType_Spec, base: HPy) -> HPy {
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    HPyType_FromSpec(ctx, spec, params.as_ptr())
}

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    add_types(ctx, module, &[(c"Block", &BLOCK), (c"OnlyGet", &ONLY_GET)])
});

HPy_MODINIT!(buffer, BUFFER);
