// CHOLMOD, with a setter for the one field that Swift sees as a giant tuple.
#pragma once
#include <suitesparse/cholmod.h>
static inline void cholmod_use_natural_ordering(cholmod_common *c) {
  c->nmethods = 1;
  c->method[0].ordering = CHOLMOD_NATURAL;
}
static inline void cholmod_use_minimum_degree(cholmod_common *c) {
  c->nmethods = 1;
  c->method[0].ordering = CHOLMOD_AMD;
}
