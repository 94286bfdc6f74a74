/* hpy/runtime/ctx_funcs.h: every function of the context. */
#pragma once

#include "hpy/cpython/functions.h"
#include "hpy/cpython/library.h"
#include "hpy/cpython/handles.h"
#include "hpy/cpython/objects.h"
#include "hpy/cpython/fields.h"
#include "hpy/cpython/structs.h"
#include "hpy/cpython/items.h"
#include "hpy/cpython/builders.h"
#include "hpy/cpython/numbers.h"
#include "hpy/cpython/bytes.h"
#include "hpy/cpython/capsules.h"
