// examples/packaging/scikit-build-core/primes.cpp: a module with one function.

#include <exception>
#include <vector>

#include "hpy.h"

namespace {

std::vector<bool> sieve(size_t limit)
{
    std::vector<bool> prime(limit, true);
    for (size_t n = 2; n * n < limit; n++) {
        for (size_t multiple = n * n; prime[n] && multiple < limit; multiple += n) {
            prime[multiple] = false;
        }
    }
    return prime;
}

} // namespace

HPyDef_METH(below, "below", HPyFunc_O, .doc = "A list of the primes below a number.")
static HPy below_impl(HPyContext *ctx, HPy, HPy arg)
{
    size_t limit = HPyLong_AsSize_t(ctx, arg);
    if (HPyErr_Occurred(ctx)) {
        return HPy_NULL;
    }
    std::vector<bool> prime;
    try {
        prime = sieve(limit);
    } catch (const std::exception &) { // No exception of C++ may reach Python.
        return HPyErr_NoMemory(ctx);
    }
    HPy list = HPyList_New(ctx, 0);
    if (HPy_IsNull(list)) {
        return HPy_NULL;
    }
    for (size_t n = 2; n < limit; n++) {
        if (prime[n]) {
            HPy item = HPyLong_FromSize_t(ctx, n);
            int failed = HPy_IsNull(item) || HPyList_Append(ctx, list, item) < 0;
            HPy_Close(ctx, item);
            if (failed) {
                HPy_Close(ctx, list);
                return HPy_NULL;
            }
        }
    }
    return list;
}

static HPyDef *defines[] = {&below, nullptr};
static HPyModuleDef primes = {.doc = "Prime numbers.", .defines = defines};
HPy_MODINIT(primes, primes)
