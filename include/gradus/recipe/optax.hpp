// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/square_root.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/blend.hpp>
#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/epsilon_in_root.hpp>
#include <gradus/policy/infinity_adaptive.hpp>
#include <gradus/policy/largest_square.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/look_ahead_momentum.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov_moments.hpp>
#include <gradus/policy/optimistic.hpp>
#include <gradus/policy/rectified_adaptive.hpp>
#include <gradus/policy/scheduled_momentum.hpp>
#include <gradus/policy/sum_of_squares.hpp>
#include <gradus/policy/trust_ratio.hpp>
#include <gradus/policy/variance.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

#include <limits>

/// Rules as optax computes them, by its names and with its defaults, where these differ from PyTorch or the paper. The
/// rate, for which optax has no default, is 1e-3 here.
namespace gradus::recipe::optax {

/// 0 switches a feature off.
struct AdaGrad {
  double learning_rate = 1e-3;
  double initial_accumulator_value = 0.1;
  double eps = 1e-7;  ///< under the root
};

///     s <- s + g^2,   u <- learning_rate g / sqrt(s + eps)
template <AdaGrad With = AdaGrad{}>
constexpr auto adagrad(const AdaGrad& values = With) {
  return compose<With>(SumOfSquares{values.initial_accumulator_value}, EpsilonInRoot{values.eps}, DivideByRoot{0},
                       LearningRate{values.learning_rate});
}

struct RmsProp {
  double learning_rate = 1e-3;
  double decay = 0.9;
  double eps = 1e-8;
  double initial_scale = 0;  ///< the second moment at first; not together with `bias_correction`
  bool eps_in_sqrt = true;
  bool centered = false;
  double momentum = 0;  ///< of the steps: it stands behind the rate
  bool nesterov = false;
  bool bias_correction = false;  ///< not together with `centered`
};

namespace detail {

template <RmsProp With>
constexpr auto second_moment(const RmsProp& values) {
  static_assert(!(With.centered && With.bias_correction),
                "gradus: recipe::optax::rmsprop has no bias_correction together with centered; leave one out");
  if constexpr (With.centered) return Variance{values.decay, values.initial_scale};
  else if constexpr (!With.bias_correction) return MeanSquare{values.decay, values.initial_scale};
  else if (values.initial_scale == 0) return CorrectedMeanSquare{values.decay};
  else
    refuse(
        "recipe::optax::rmsprop corrects a second moment that is 0 at first; leave out initial_scale or "
        "bias_correction");
}

}  // namespace detail

///     s <- decay s + (1 - decay) g^2,   v <- momentum v + learning_rate g / sqrt(s + eps),   u <- v
template <RmsProp With = RmsProp{}>
constexpr auto rmsprop(const RmsProp& values = With) {
  check_switches<With, &RmsProp::eps_in_sqrt, &RmsProp::centered, &RmsProp::momentum, &RmsProp::nesterov,
                 &RmsProp::bias_correction>(
      "optax::rmsprop", {"eps_in_sqrt", "centered", "momentum", "nesterov", "bias_correction"}, values);
  return compose<With>(detail::second_moment<With>(values), part_if<With.eps_in_sqrt>(EpsilonInRoot{values.eps}),
                       DivideByRoot{With.eps_in_sqrt ? 0 : values.eps}, LearningRate{values.learning_rate},
                       part_if<(With.momentum != 0 && !With.nesterov)>(Momentum{values.momentum}),
                       part_if<(With.momentum != 0 && With.nesterov)>(LookAheadMomentum{values.momentum}));
}

/// The parameters that all relatives of Adam share.
struct Adam {
  double learning_rate = 1e-3;
  double b1 = 0.9;
  double b2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;  ///< decoupled
};

/// NAdam without a momentum schedule.
///
///     u <- learning_rate ((1 - b1) / (1 - b1^t) g + b1 / (1 - b1^(t + 1)) v) / (sqrt(s / (1 - b2^t)) + eps)
template <Adam With = Adam{}>
constexpr auto nadam(const Adam& values = With) {
  check_switch<With, &Adam::weight_decay>("optax::nadam", "weight_decay", values);
  return compose<With>(
      ScheduledMomentum{values.b1, std::numeric_limits<double>::infinity()}, CorrectedAdaptive{values.b2, values.eps},
      part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.learning_rate});
}

/// AMSGrad over the largest of the corrected second moments.
template <Adam With = Adam{}>
constexpr auto amsgrad(const Adam& values = With) {
  check_switch<With, &Adam::weight_decay>("optax::amsgrad", "weight_decay", values);
  return compose<With>(CorrectedMomentum{values.b1}, CorrectedMeanSquare{values.b2}, LargestSquare{},
                       DivideByRoot{values.eps}, part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       LearningRate{values.learning_rate});
}

/// AdaMax with decoupled decay: AdaMaxW.
template <Adam With = Adam{}>
constexpr auto adamax(const Adam& values = With) {
  check_switch<With, &Adam::weight_decay>("optax::adamax", "weight_decay", values);
  return compose<With>(CorrectedMomentum{values.b1}, InfinityAdaptive{values.b2, values.eps},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       LearningRate{values.learning_rate});
}

struct Adan {
  double learning_rate = 1e-3;
  double b1 = 0.98;
  double b2 = 0.92;
  double b3 = 0.99;
  double eps = 1e-8;        ///< added to the root
  double eps_root = 1e-8;   ///< added under the root
  double weight_decay = 0;  ///< decoupled
};

/// Adan that looks ahead by 1 - b2 of the gradient's change, not by b2 as its authors do: `NesterovMoments`.
template <Adan With = Adan{}>
constexpr auto adan(const Adan& values = With) {
  check_switch<With, &Adan::weight_decay>("optax::adan", "weight_decay", values);
  return compose<With>(NesterovMoments{values.b1, values.b2, values.b3, 1 - values.b2}, EpsilonInRoot{values.eps_root},
                       DivideByRoot{values.eps}, part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       LearningRate{values.learning_rate});
}

struct RAdam {
  double learning_rate = 1e-3;
  double b1 = 0.9;
  double b2 = 0.999;
  double eps = 1e-8;  ///< added to the corrected root
  double threshold = 5;
};

/// RAdam; `RectifiedAdaptive` has the formula.
template <RAdam With = RAdam{}>
constexpr auto radam(const RAdam& values = With) {
  return compose<With>(CorrectedMomentum{values.b1}, RectifiedAdaptive{values.b2, values.eps, values.threshold},
                       LearningRate{values.learning_rate});
}

struct SimplifiedAdEmaMix {
  double learning_rate = 1e-3;
  double b1 = 0.99;
  double b2 = 0.95;
  double alpha = 0;  ///< weight of the gradient beside the sum
  double eps = 1e-8;
};

/// Simplified AdEMAMix (Morwani et al., 2025).
///
///     v <- b1 v + g,   u <- learning_rate (v + alpha g) / (sqrt(s / (1 - b2^t)) + eps)
template <SimplifiedAdEmaMix With = SimplifiedAdEmaMix{}>
constexpr auto simplified_ademamix(const SimplifiedAdEmaMix& values = With) {
  return compose<With>(Momentum{values.b1}, Blend{values.alpha, 1}, CorrectedAdaptive{values.b2, values.eps},
                       LearningRate{values.learning_rate});
}

struct OptimisticAdam {
  double learning_rate = 1e-3;
  double alpha = 1;
  double beta = 1;
  double b1 = 0.9;
  double b2 = 0.999;
  double eps = 1e-8;
};

/// Optimistic NAdam: optax's optimistic_adam_v2, with its default, nesterov on.
template <OptimisticAdam With = OptimisticAdam{}>
constexpr auto optimistic_adam(const OptimisticAdam& values = With) {
  return compose<With>(ScheduledMomentum{values.b1, std::numeric_limits<double>::infinity()},
                       CorrectedAdaptive{values.b2, values.eps}, Optimistic{values.alpha, values.beta},
                       LearningRate{values.learning_rate});
}

struct Fromage {
  double learning_rate = 1e-3;
  double min_norm = 1e-6;  ///< smaller norms, of a leaf or its gradient, count as this
};

/// Fromage (Bernstein et al., 2020): each leaf moves by a share of its own length, without growing by that.
///
///     p <- (p - learning_rate |p| / |g| g) / sqrt(1 + learning_rate^2)        norms of the leaf, at least min_norm
///
/// The decay belongs to the rate: a program that changes one must change both.
template <Fromage With = Fromage{}>
constexpr auto fromage(const Fromage& values = With) {
  const double rate = values.learning_rate, longer = square_root(1 + rate * rate);
  const double decay = rate * rate / (longer * (longer + 1));  // 1 - 1 / longer, with all its digits
  return compose<With>(TrustRatio{.coefficient = 1, .smallest = values.min_norm}, LearningRate{rate / longer},
                       WeightDecay{decay});
}

}  // namespace gradus::recipe::optax
