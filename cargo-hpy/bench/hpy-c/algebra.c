/* hpy-c/algebra.c: small types whose operators make new instances: symbols, terms and sums. */
#include "sample.h"

typedef struct {
    HPyField name;
} Symbol;

typedef struct {
    HPyField symbol;
    double coefficient;
} Term;

typedef struct {
    HPyField left;
    HPyField right;
    double constant;
} Sum;

HPyType_HELPERS(Symbol)
HPyType_HELPERS(Term)
HPyType_HELPERS(Sum)

HPyGlobal symbol_type, term_type, sum_type;

enum { SYMBOL, TERM, SUM, NUMBER, OTHER, FAILED };

static inline int is_of(HPyContext *ctx, HPy object, HPyGlobal global)
{
    HPy type = HPyGlobal_Borrow(ctx, global);
    int is = HPy_TypeCheck(ctx, object, type);
    HPyGlobal_EndBorrow(ctx, type);
    return is;
}

/* The kind of an operand, and a number's value. */
static int kind_of(HPyContext *ctx, HPy object, double *number)
{
    if (is_of(ctx, object, symbol_type)) {
        return SYMBOL;
    }
    if (is_of(ctx, object, term_type)) {
        return TERM;
    }
    if (is_of(ctx, object, sum_type)) {
        return SUM;
    }
    if (HPy_TypeCheck(ctx, object, ctx->h_FloatType)) {
        *number = HPyFloat_AsDouble(ctx, object);
        return NUMBER;
    }
    if (HPy_TypeCheck(ctx, object, ctx->h_LongType)) {
        *number = HPyLong_AsDouble(ctx, object);
        return *number == -1.0 && HPyErr_Occurred(ctx) ? FAILED : NUMBER;
    }
    return OTHER;
}

static HPy make_term(HPyContext *ctx, HPy symbol, double coefficient)
{
    Term *term;
    HPy type = HPyGlobal_Borrow(ctx, term_type);
    HPy h = HPy_New(ctx, type, &term);
    HPyGlobal_EndBorrow(ctx, type);
    if (!HPy_IsNull(h)) {
        HPyField_Store(ctx, h, &term->symbol, symbol);
        term->coefficient = coefficient;
    }
    return h;
}

static HPy make_sum(HPyContext *ctx, HPy left, HPy right, double constant)
{
    Sum *sum;
    HPy type = HPyGlobal_Borrow(ctx, sum_type);
    HPy h = HPy_New(ctx, type, &sum);
    HPyGlobal_EndBorrow(ctx, type);
    if (!HPy_IsNull(h)) {
        HPyField_Store(ctx, h, &sum->left, left);
        if (!HPy_IsNull(right)) {
            HPyField_Store(ctx, h, &sum->right, right);
        }
        sum->constant = constant;
    }
    return h;
}

HPyDef_SLOT(algebra_multiply, HPy_nb_multiply)
static HPy algebra_multiply_impl(HPyContext *ctx, HPy left, HPy right)
{
    double factor = 0.0;
    int right_kind = kind_of(ctx, right, &factor), left_kind;
    if (right_kind == FAILED) {
        return HPy_NULL;
    }
    if (right_kind != NUMBER) {
        HPy number = left;
        left = right;
        right = number;
        left_kind = right_kind;
        right_kind = kind_of(ctx, right, &factor);
    }
    else {
        left_kind = kind_of(ctx, left, &factor);
    }
    if (left_kind == FAILED || right_kind == FAILED) {
        return HPy_NULL;
    }
    if (right_kind == NUMBER && left_kind == SYMBOL) {
        return make_term(ctx, left, factor);
    }
    if (right_kind == NUMBER && left_kind == TERM) {
        Term *term = Term_AsStruct(ctx, left);
        HPy symbol = HPyField_Load(ctx, left, term->symbol);
        HPy result = make_term(ctx, symbol, term->coefficient * factor);
        HPy_Close(ctx, symbol);
        return result;
    }
    return HPy_Dup(ctx, ctx->h_NotImplemented);
}

HPyDef_SLOT(algebra_add, HPy_nb_add)
static HPy algebra_add_impl(HPyContext *ctx, HPy left, HPy right)
{
    double number = 0.0;
    int left_kind = kind_of(ctx, left, &number), right_kind = kind_of(ctx, right, &number);
    if (left_kind == FAILED || right_kind == FAILED) {
        return HPy_NULL;
    }
    if (left_kind <= SUM && right_kind <= SUM) {
        return make_sum(ctx, left, right, 0.0);
    }
    if (left_kind == SUM && right_kind == NUMBER) {
        Sum *sum = Sum_AsStruct(ctx, left);
        HPy first = HPyField_Load(ctx, left, sum->left);
        HPy second = HPyField_IsNull(sum->right) ? HPy_NULL : HPyField_Load(ctx, left, sum->right);
        HPy result = make_sum(ctx, first, second, sum->constant + number);
        HPy_Close(ctx, first);
        HPy_Close(ctx, second);
        return result;
    }
    if (left_kind <= TERM && right_kind == NUMBER) {
        return make_sum(ctx, left, HPy_NULL, number);
    }
    return HPy_Dup(ctx, ctx->h_NotImplemented);
}

HPyDef_SLOT(Symbol_new, HPy_tp_new)
static HPy Symbol_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Symbol *symbol;
    HPy h;
    (void)kw;
    if (!has_count(ctx, "Symbol", (size_t)nargs, 1)) {
        return HPy_NULL;
    }
    if (!HPyUnicode_Check(ctx, args[0])) {
        return HPyErr_SetString(ctx, ctx->h_TypeError, "a name is a str");
    }
    h = HPy_New(ctx, type, &symbol);
    if (!HPy_IsNull(h)) {
        HPyField_Store(ctx, h, &symbol->name, args[0]);
    }
    return h;
}

HPyDef_SLOT(Symbol_traverse, HPy_tp_traverse)
static int Symbol_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Symbol *)self)->name);
    return 0;
}

HPyDef_SLOT(Term_traverse, HPy_tp_traverse)
static int Term_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Term *)self)->symbol);
    return 0;
}

HPyDef_SLOT(Sum_traverse, HPy_tp_traverse)
static int Sum_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Sum *)self)->left);
    HPy_VISIT(&((Sum *)self)->right);
    return 0;
}

HPyDef_MEMBER(Term_coefficient, "coefficient", HPyMember_DOUBLE, offsetof(Term, coefficient), .readonly = 1)
HPyDef_MEMBER(Sum_constant, "constant", HPyMember_DOUBLE, offsetof(Sum, constant), .readonly = 1)

#define TYPE(variable, Type, ...) \
    static HPyDef *variable##_defines[] = {&algebra_add, &algebra_multiply, &Type##_traverse, __VA_ARGS__, NULL}; \
    static HPyType_Spec variable = { \
        .name = "sample." #Type, \
        .basicsize = sizeof(Type), \
        .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC, \
        .builtin_shape = SHAPE(Type), \
        .defines = variable##_defines, \
    };
TYPE(symbol_spec, Symbol, &Symbol_new)
TYPE(term_spec, Term, &Term_coefficient)
TYPE(sum_spec, Sum, &Sum_constant)

static int keep_type(HPyContext *ctx, HPyGlobal *global, HPyType_Spec *spec)
{
    HPy type = HPyType_FromSpec(ctx, spec, NULL);
    if (HPy_IsNull(type)) {
        return 0;
    }
    HPyGlobal_Store(ctx, global, type);
    HPy_Close(ctx, type);
    return 1;
}

int add_algebra(HPyContext *ctx, HPy module)
{
    HPy type;
    int added;
    if (!keep_type(ctx, &symbol_type, &symbol_spec) || !keep_type(ctx, &term_type, &term_spec)
        || !keep_type(ctx, &sum_type, &sum_spec)) {
        return 0;
    }
    type = HPyGlobal_Load(ctx, symbol_type);
    added = HPy_SetAttr_s(ctx, module, "Symbol", type) == 0 && HPy_SetAttr_s(ctx, module, "OldSymbol", type) == 0;
    HPy_Close(ctx, type);
    return added;
}
