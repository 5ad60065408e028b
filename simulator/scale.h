// Where the marks of a time axis stand.
#pragma once

#include "compiler/support/time.h"

namespace muster::simulator {

/// The smallest of 1, 2, 5, … seconds, minutes, hours and days of which at most `most`, which is above zero, cover `span`: what people
/// count in.
[[nodiscard]] support::Time step_of(support::Time span, int most);

}  // namespace muster::simulator
