/* python/tests/broken.c: modules for HPy's universal ABI whose definitions are broken, each in one way, and types of such specs. */

#include "hpy.h"

HPy_EXPORTED_FUNC void HPyInitGlobalContext_broken(HPyContext *ctx);

/* A module that an author has written without HPy_MODINIT. */
#define MODULE(NAME, MAJOR, MINOR, DEFINITION)                                             \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_##NAME(void) { return MAJOR; }    \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_##NAME(void) { return MINOR; }    \
    HPy_EXPORTED_FUNC void HPyInitGlobalContext_##NAME(HPyContext *ctx) { HPyInitGlobalContext_broken(ctx); } \
    HPy_EXPORTED_FUNC HPyModuleDef *HPyInit_##NAME(void) { return DEFINITION; }

#define DEFINED(NAME, ...)                                     \
    static HPyDef *NAME##_defines[] = {__VA_ARGS__, NULL};     \
    static HPyModuleDef NAME##_def = {.defines = NAME##_defines}; \
    MODULE(NAME, 0, 0, &NAME##_def)

HPyDef_METH(right, "right", HPyFunc_NOARGS)
static HPy right_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, ctx->h_None);
}

MODULE(returns_null, 0, 0, NULL)
MODULE(later_minor, 0, 7, NULL)
MODULE(other_major, 3, 0, NULL)

static HPyModuleDef empty_def = {0};
MODULE(empty, 0, 0, &empty_def)

static HPyModuleDef with_size_def = {.size = 8};
MODULE(with_size, 0, 0, &with_size_def)

/* No functions of a module that is named so, but for one. */
HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_lacks_all(void) { return 0; }
HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_lacks_init(void) { return 0; }
HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_lacks_init(void) { return 0; }
HPy_EXPORTED_FUNC void HPyInitGlobalContext_lacks_init(HPyContext *ctx) { (void)ctx; }

#define METHOD(NAME, ...) static HPyDef NAME = {.kind = HPyDef_Kind_Meth, .meth = {__VA_ARGS__}};
#define SLOT(NAME, ...) static HPyDef NAME = {.kind = HPyDef_Kind_Slot, .slot = {__VA_ARGS__}};

static void function(void) {}
#define FUNCTION .cpy_trampoline = (cpy_PyCFunction)function

METHOD(no_name, FUNCTION)
METHOD(no_function, .name = "f", .signature = HPyFunc_NOARGS)
METHOD(no_convention, .name = "f", .signature = (HPyFunc_Signature)77, FUNCTION)
METHOD(slot_convention, .name = "f", .signature = HPyFunc_INQUIRY, FUNCTION)
SLOT(no_slot, .slot = (HPySlot_Slot)12345, FUNCTION)
SLOT(type_slot, .slot = HPy_nb_add, FUNCTION)
SLOT(empty_exec, .slot = HPy_mod_exec)
SLOT(empty_create, .slot = HPy_mod_create)
static HPyDef no_kind = {.kind = (HPyDef_Kind)99};

DEFINED(method_without_name, &right, &no_name)
DEFINED(method_without_function, &right, &no_function)
DEFINED(method_of_unknown_convention, &right, &no_convention)
DEFINED(method_of_slot_convention, &right, &slot_convention)
DEFINED(unknown_slot, &right, &no_slot)
DEFINED(slot_of_types, &right, &type_slot)
DEFINED(exec_without_function, &right, &empty_exec)
DEFINED(create_without_function, &empty_create)
DEFINED(unknown_kind, &right, &no_kind)

HPyDef_SLOT(create, HPy_mod_create)
static HPy create_impl(HPyContext *ctx, HPy spec)
{
    return HPyLong_FromLong(ctx, 5);
}
DEFINED(create_twice, &create, &create)

/* Types. */

HPyDef_SLOT(repr, HPy_tp_repr)
static HPy repr_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromString(ctx, "first");
}
HPyDef_SLOT(repr_again, HPy_tp_repr)
static HPy repr_again_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromString(ctx, "second");
}
SLOT(empty_repr, .slot = HPy_tp_repr)
SLOT(empty_traverse, .slot = HPy_tp_traverse)
SLOT(empty_call, .slot = HPy_tp_call)
SLOT(empty_new, .slot = HPy_tp_new)
SLOT(module_slot, .slot = HPy_mod_exec, FUNCTION)
static HPyDef no_member_name = {.kind = HPyDef_Kind_Member, .member = {.type = HPyMember_INT}};
static HPyDef no_member_type = {.kind = HPyDef_Kind_Member, .member = {.name = "m", .type = (HPyMember_FieldType)99}};
static HPyDef no_getset_name = {.kind = HPyDef_Kind_GetSet, .getset = {0}};
static HPyDef no_getter = {.kind = HPyDef_Kind_GetSet, .getset = {.name = "g"}};

#define TYPE(INDEX, ...)                                                        \
    case INDEX: {                                                               \
        static HPyType_Spec spec;                                               \
        spec = (HPyType_Spec){.name = "broken.Type", __VA_ARGS__};              \
        return HPyType_FromSpec(ctx, &spec, NULL);                              \
    }

static HPyDef *list_no_name[] = {&no_name, NULL}, *list_no_function[] = {&no_function, NULL},
              *list_no_convention[] = {&no_convention, NULL}, *list_no_slot[] = {&no_slot, NULL},
              *list_module_slot[] = {&module_slot, NULL}, *list_twice[] = {&repr, &repr_again, NULL},
              *list_empty_repr[] = {&empty_repr, NULL}, *list_empty_traverse[] = {&empty_traverse, NULL},
              *list_empty_call[] = {&empty_call, NULL}, *list_empty_new[] = {&empty_new, NULL},
              *list_no_kind[] = {&no_kind, NULL}, *list_no_member_name[] = {&no_member_name, NULL},
              *list_no_member_type[] = {&no_member_type, NULL},
              *list_no_getset_name[] = {&no_getset_name, NULL}, *list_no_getter[] = {&no_getter, NULL},
              *list_slot_convention[] = {&slot_convention, NULL};

HPyDef_METH(make, "make", HPyFunc_O)
static HPy make_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyType_SpecParam null_base[] = {{HPyType_SpecParam_Base, HPy_NULL}, {0}};
    HPyType_SpecParam no_type[] = {{HPyType_SpecParam_Base, arg}, {0}};
    HPyType_SpecParam no_tuple[] = {{HPyType_SpecParam_BasesTuple, arg}, {0}};
    HPyType_SpecParam no_parameter[] = {{(HPyType_SpecParam_Kind)55, ctx->h_LongType}, {0}};
    static HPyType_Spec plain = {.name = "broken.Type"};
    switch (HPyLong_AsLong(ctx, arg)) {
        TYPE(0, .name = NULL)
        TYPE(1, .defines = list_no_name)
        TYPE(2, .defines = list_no_function)
        TYPE(3, .defines = list_no_convention)
        TYPE(4, .defines = list_slot_convention)
        TYPE(5, .defines = list_no_slot)
        TYPE(6, .defines = list_module_slot)
        TYPE(7, .defines = list_empty_repr)
        TYPE(8, .defines = list_empty_traverse)
        TYPE(9, .defines = list_empty_call)
        TYPE(10, .defines = list_empty_new)
        TYPE(11, .defines = list_no_kind)
        TYPE(12, .defines = list_no_member_name, .basicsize = 8)
        TYPE(13, .defines = list_no_getset_name)
        TYPE(14, .builtin_shape = (HPyType_BuiltinShape)77)
        TYPE(15, .basicsize = -5)
        case 16: return HPyType_FromSpec(ctx, &plain, null_base);
        case 17: return HPyType_FromSpec(ctx, &plain, no_type);
        case 18: return HPyType_FromSpec(ctx, &plain, no_tuple);
        case 19: return HPyType_FromSpec(ctx, &plain, no_parameter);
        /* These are taken. */
        TYPE(100, .defines = list_twice)
        TYPE(101, .defines = list_no_getter)
        TYPE(102, .defines = NULL)
        TYPE(103, .defines = list_no_member_type, .basicsize = 8)
        default: return HPyErr_SetString(ctx, ctx->h_ValueError, "there is no such type");
    }
}

static HPyDef *broken_defines[] = {&make, NULL};
static HPyModuleDef broken_def = {.defines = broken_defines};
HPy_MODINIT(broken, broken_def)
