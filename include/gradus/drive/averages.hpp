// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/listing.hpp>
#include <gradus/compose/optimizer.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace gradus {

/// It keeps an average of the parameters: `average(parameter, slot)` is that of an element.
template <class P>
concept AveragingPolicy = requires(const P& p) {
  { p.average(0.0, 0.0) } -> std::same_as<double>;
};

/// Averages of parameters, as a type of their own: what evaluates or saves averages takes these, so that it cannot be
/// given the parameters.
template <class Theta>
class Averages {
 public:
  explicit Averages(Theta values) : values_(std::move(values)) {}

  const Theta& values() const& { return values_; }
  Theta values() && { return std::move(values_); }

 private:
  Theta values_;
};

namespace detail {

// The policy that keeps averages, as it was in the last step of a run.
template <class... P>
auto averaging_policy(const Pack<P...>& policies, std::int64_t steps) {
  constexpr std::size_t at = indices<AveragingPolicy<P>...>()[0];
  return in_step(policies.template get<at>(), std::max<std::int64_t>(1, steps));
}

// Puts the averages of a leaf in the place of its parameters.
template <class Policy, class S, class X>
void average_leaf(const Policy& policy, const S& state, std::string_view leaf, X& tensor) {
  const auto& shape = tensor_traits<X>::shape(tensor);
  if (!equal_shapes(shape, state.shape(leaf)))
    refuse({"the state was made for ", leaf, " of shape ", shape_text(state.shape(leaf)), ", not for shape ",
            shape_text(shape), "; give the parameters that it belongs to"});
  using T = element_t<X>;
  using Stored = typename storage_of<S>::template slot<T>;
  const auto slot = state.template slot<Stored>(Policy::slots[0].name, leaf);
  const Order order = state.order(leaf);
  constexpr std::size_t reals = reals_of<T>;
  T value[256];
  for (std::size_t first = 0, size = slot.size() / reals; first < size; first += std::size(value)) {
    const std::size_t count = std::min(std::size(value), size - first);
    read_elements(tensor, order, first, count, value);
    for (std::size_t i = 0; i < reals * count; ++i) {
      arithmetic_t<T>& real = as_reals(value)[i];
      const auto kept = static_cast<arithmetic_t<T>>(slot[reals * first + i]);
      real = static_cast<arithmetic_t<T>>(policy.average(static_cast<double>(real), static_cast<double>(kept)));
    }
    write_elements(tensor, order, first, count, value);
  }
}

}  // namespace detail

/// A copy of the parameters with the averages in their place that a composition keeps: of its `TailAverage`,
/// `MovingAverage`, `Lookahead` or `ScheduleFree`. A composition with none or several of these does not compile here.
///
///     void save(const gradus::Averages<Theta>&);
///     save(gradus::averages(optimizer, theta, state));       // save(theta) does not compile
///
/// Cost    a copy, and one read of the slot.
/// Errors  `Refused` if the state is of another composition, or of parameters of other names, shapes or types.
template <class... Parts, class Theta, std::derived_from<State> S>
Averages<Theta> averages(const Optimizer<Parts...>& optimizer, const Theta& theta, const S& state) {
  constexpr bool one = []<class... P>(std::type_identity<Pack<P...>>) {
    return (std::size_t{AveragingPolicy<P>} + ...) == 1;
  }(std::type_identity<typename Split<Parts...>::policies>{});
  static_assert(one,
                "gradus: averages are of a composition with one policy that keeps some; put one TailAverage, "
                "MovingAverage, Lookahead or ScheduleFree into it");
  constexpr bool own = owns_all<Theta>();
  static_assert(own,
                "gradus: averages are put into a copy of the parameters, and the copy of a view has no memory of its "
                "own; give the tensor that it looks at, or read the state's slot");
  optimizer.check_state(state);
  Theta copy = theta;
  if constexpr (one && own && told_in_double(elements_of<Theta>{})) {
    const auto policy = detail::averaging_policy(optimizer.policies(), state.step());
    for_each_leaf(copy, detail::no_gradient, [&](const Path& path, auto& tensor, const NoGradient&) {
      detail::average_leaf(policy, state, path.leaf_name(), tensor);
    });
  }
  return Averages<Theta>(std::move(copy));
}

}  // namespace gradus
