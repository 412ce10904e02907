// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/previous_belief.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/adabelief.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of ACProp are those of AdaBelief.
using AcProp = AdaBelief;

/// ACProp (Zhuang et al., 2021): the gradient over its deviation in the steps before; `PreviousBelief` has the formula.
/// `With` says which features are in the type.
template <AcProp With = AcProp{}>
constexpr auto acprop(const AcProp& values = With) {
  check_switch<With, &AcProp::weight_decay>("acprop", "weight_decay", values);
  return compose<With>(PreviousBelief{values.beta1, values.beta2, values.eps_root}, DivideByRoot{values.eps},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
