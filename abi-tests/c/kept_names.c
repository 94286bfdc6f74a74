/* abi-tests/c/kept_names.c: calls with a name that is a literal, and with texts that change where they are. */
#define FAMILY kept_names
#include "support.h"

#define LONG_NAME "a_name_of_64_bytes_to_be_written_twice_behind_itself_and_once____"

static HPy optional(HPyContext *ctx, int found, HPy value)
{
    return found < 0 ? HPy_NULL : found ? value : HPy_Dup(ctx, ctx->h_Ellipsis);
}

static HPy get_optional(HPyContext *ctx, HPy h)
{
    HPy value;
    int found = HPy_GetOptionalAttr_s(ctx, h, "kept", &value);
    return optional(ctx, found, value);
}

static HPy get_from_dict(HPyContext *ctx, HPy h)
{
    HPy value;
    int found = HPyDict_GetItemRef_s(ctx, h, "kept", &value);
    return optional(ctx, found, value);
}

static HPy call_kept(HPyContext *ctx, HPy h, HPy value)
{
    HPy args[2] = {h, value};
    return HPy_CallMethod_s(ctx, "kept", args, 2, HPy_NULL);
}

/* The attribute of a text that stands where the last one stood. */
static HPy get_by_text(HPyContext *ctx, HPy h, HPy text)
{
    static char place[64];
    const char *from = c_string(ctx, text);
    assert(strlen(from) < sizeof(place));
    strcpy(place, from);
    return HPy_GetAttr_s(ctx, h, place);
}

/* The attribute of a text that stays, one of many. */
static HPy get_by_number(HPyContext *ctx, HPy h, HPy index)
{
    static char places[1000][16];
    char *place = places[number(ctx, index)];
    sprintf(place, "name_%d", (int)number(ctx, index));
    return HPy_GetAttr_s(ctx, h, place);
}

HANDLE(get, (ctx, h), HPy_GetAttr_s(ctx, h, "kept"))
INT(has, (ctx, h), HPy_HasAttr_s(ctx, h, "kept"))
INT(set, (ctx, h, value), HPy_SetAttr_s(ctx, h, "kept", or_null(ctx, value)))
HANDLE(get_item, (ctx, h), HPy_GetItem_s(ctx, h, "kept"))
INT(set_item, (ctx, h, value), HPy_SetItem_s(ctx, h, "kept", value))
INT(del_item, (ctx, h), HPy_DelItem_s(ctx, h, "kept"))
HANDLE(call, (ctx, h, value), call_kept(ctx, h, value))
HANDLE(optional, (ctx, h), get_optional(ctx, h))
HANDLE(dict_get, (ctx, h), get_from_dict(ctx, h))
INT(dict_set, (ctx, h, value), HPyDict_SetItem_s(ctx, h, "kept", value))
HANDLE(get_empty, (ctx, h), HPy_GetAttr_s(ctx, h, ""))
HANDLE(get_long, (ctx, h), HPy_GetAttr_s(ctx, h, LONG_NAME LONG_NAME))
HANDLE(get_no_ascii, (ctx, h), HPy_GetAttr_s(ctx, h, "gr\xc3\xb6\xc3\x9f" "e"))
HANDLE(get_no_text, (ctx, h), HPy_GetAttr_s(ctx, h, "\xff"))
HANDLE(get_text, (ctx, h, text), get_by_text(ctx, h, text))
HANDLE(get_number, (ctx, h, index), get_by_number(ctx, h, index))

HPyDef_MULTIPLE_INTERPRETERS(kept_names_interpreters, HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED)
HPyDef_GIL(kept_names_gil, HPy_MOD_GIL_NOT_USED)

MODULE(
    DEF(interpreters), DEF(gil), DEF(get), DEF(has), DEF(set), DEF(get_item), DEF(set_item), DEF(del_item), DEF(call),
    DEF(optional), DEF(dict_get), DEF(dict_set), DEF(get_empty), DEF(get_long), DEF(get_no_ascii), DEF(get_no_text),
    DEF(get_text), DEF(get_number))
