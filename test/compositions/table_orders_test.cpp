// SPDX-License-Identifier: MIT
#include "compositions/composed.hpp"

namespace {

using compositions::add;
using enum support::Kind;

// Orders that mean something different from the table's.
[[maybe_unused]] const bool added[]{
    // Coupled decay: the moments see it, as do clips in front of or behind it.
    add<weight_decay, momentum>(),
    add<weight_decay, adaptive>(),
    add<weight_decay, momentum, nesterov>(),
    add<weight_decay, momentum, adaptive>(),
    add<weight_decay, momentum, nesterov, adaptive, learning_rate>(),
    add<weight_decay, clip, momentum, learning_rate>(),
    add<clip, weight_decay, momentum, learning_rate>(),
    add<weight_decay, clip_norm, momentum, nesterov, learning_rate>(),
    add<clip_norm, weight_decay, momentum, adaptive, learning_rate>(),
    add<weight_decay, clip, clip_norm, momentum, nesterov, adaptive, learning_rate, warmup, decay>(),
    add<weight_decay, momentum, weight_decay, learning_rate>(),
    // A rate in front of the momentum: the velocity sums steps.
    add<learning_rate, momentum>(),
    add<warmup, momentum, learning_rate>(),
    add<learning_rate, warmup, decay, momentum>(),
    add<clip, learning_rate, momentum, decay>(),
    add<learning_rate, momentum, clip>(),
    add<weight_decay, learning_rate, momentum>(),
    add<learning_rate, weight_decay, momentum>(),
    // Clips behind the moments act on the update.
    add<momentum, clip>(),
    add<adaptive, clip>(),
    add<momentum, nesterov, clip, learning_rate>(),
    add<momentum, nesterov, adaptive, clip, learning_rate>(),
    add<clip, momentum, adaptive, clip, learning_rate>(),
    add<learning_rate, clip>(),
    add<momentum, clip_norm>(),
    add<adaptive, clip_norm>(),
    add<momentum, nesterov, clip_norm, learning_rate>(),
    add<momentum, nesterov, adaptive, clip_norm, learning_rate>(),
    add<clip_norm, momentum, adaptive, clip_norm, learning_rate>(),
    add<weight_decay, momentum, clip_norm, learning_rate>(),
    add<momentum, weight_decay, clip_norm, learning_rate>(),
    add<learning_rate, clip_norm, momentum>(),
    add<clip_norm, clip>(),
    add<momentum, clip_norm, clip, weight_decay, learning_rate>(),
    // Moments in other places.
    add<adaptive, momentum, learning_rate>(),
    add<clip, adaptive, momentum, learning_rate>(),
    add<momentum, momentum, learning_rate>(),
    add<momentum, weight_decay, adaptive, learning_rate>(),
    // Factors that are not adjacent, or in another order; a decay that no rate scales.
    add<learning_rate, weight_decay>(),
    add<decay, warmup, learning_rate>(),
    add<momentum, learning_rate, weight_decay, warmup>(),
    add<adaptive, learning_rate, clip, decay, weight_decay, warmup>(),
};
static_assert(std::size(added) == compositions::order_count);

}  // namespace
