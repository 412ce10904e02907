// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/lane.hpp>
#include <gradus/core/sums.hpp>

#include <string_view>

namespace gradus {

/// What a policy's text sees of one element. The record always climbs: `descend` negates the gradient as it is loaded.
struct Record {
  Lane parameter;     ///< before the step, except in `after`
  Lane gradient;      ///< what moments measure
  Lane update;        ///< what will be added to the parameter; starts as the gradient
  Lane square{};      ///< an estimate of the gradient's square, behind a policy that `estimates` one
  Lane before{};      ///< in `after`: the parameter before the step
  Term emitted[4]{};  ///< what a policy that `emits` sums leaves for its next step
};

/// What the text of a policy does with the update.
enum class Writes {
  update,    ///< makes the update something other than the gradient (momentum, a divisor, a rate)
  received,  ///< changes what it receives: gradient and update while they are one, else the update (clip, weight decay)
};

/// A number that a policy keeps per element between steps.
struct Slot {
  std::string_view name;
  double first = 0;             ///< its value before the first step
  bool from_parameter = false;  ///< starts as the parameter instead
  bool given = false;           ///< its values come from outside, by `State::slot`; the text only reads them
};

using Name = std::string_view;

}  // namespace gradus
