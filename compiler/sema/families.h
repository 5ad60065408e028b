// `any zone of main`: a scenario that stands for one of each of several things.
#pragma once

#include "compiler/sema/reader.h"

namespace muster::sema {

/// The most things that one `any` may stand for.
inline constexpr std::size_t largest_family = 1'000;

/// The things that the `family` group which comes next in `reader` stands for, in order of declaration, with their kind and what they
/// are of checked. Reports a family of none, and one that is too large.
[[nodiscard]] std::vector<model::Thing> read_family(Reader& reader);

/// Puts in the place of each scenario with a family one scenario for each member, called `zone-loss[main/a]`, at the place of the
/// declaration, and enters them in the names. Whatever refers to scenarios is to be read after.
void expand_families(Context& context);

}  // namespace muster::sema
