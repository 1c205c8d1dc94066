// R's distribution functions and quantiles; never its random generators, which hold global state.
#pragma once
#define MATHLIB_STANDALONE 1
#include <Rmath.h>
