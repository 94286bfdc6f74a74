/* abi-tests/c/struct_sequence.c: struct sequences: their types, their instances, and what is refused. */
#define FAMILY struct_sequence
#include "support.h"

static HPyStructSequence_Field fields[] = {
    {"name", "what it is called"},
    {"size", NULL},
    {"gr\xc3\xb6\xc3\x9f" "e", "the same"},
    {NULL, NULL},
};
static HPyStructSequence_Field with_unnamed[] = {
    {"first", NULL},
    {HPyStructSequence_UnnamedField, NULL},
    {"last", NULL},
    {NULL, NULL},
};
static HPyStructSequence_Field no_fields[] = {{NULL, NULL}};

static HPyStructSequence_Desc named_desc = {"struct_sequence.Named", "Three fields.", fields};
static HPyStructSequence_Desc unnamed_desc = {"struct_sequence.Unnamed", NULL, with_unnamed};
static HPyStructSequence_Desc empty_desc = {"struct_sequence.Empty", NULL, no_fields};
static HPyStructSequence_Desc nameless_desc = {NULL, NULL, fields};

HANDLE(named, (ctx), HPyStructSequence_NewType(ctx, &named_desc))
HANDLE(unnamed, (ctx), HPyStructSequence_NewType(ctx, &unnamed_desc))
HANDLE(empty, (ctx), HPyStructSequence_NewType(ctx, &empty_desc))
HANDLE(nameless, (ctx), HPyStructSequence_NewType(ctx, &nameless_desc))

/* new(type, *items) */
HPyDef_METH(struct_sequence_new, "new", HPyFunc_VARARGS)
static HPy struct_sequence_new_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    Items all = new_items(nargs - 1);
    HPy made;
    (void)self;
    memcpy(all.handles, args + 1, all.count * sizeof(HPy));
    made = HPyStructSequence_New(ctx, args[0], (HPy_ssize_t)all.count, all.handles);
    free(all.handles);
    return give_handle(ctx, made);
}

MODULE(DEF(named), DEF(unnamed), DEF(empty), DEF(nameless), DEF(new))
