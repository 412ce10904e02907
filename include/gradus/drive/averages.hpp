// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/compose/partition.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/schedule/condition.hpp>
#include <gradus/step/listing.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

/// It keeps an average of the parameters: `average(parameter, slot)` is that of an element.
template <class P>
concept AveragingPolicy = requires(const P& p) {
  { p.average(0.0, 0.0) } -> std::same_as<double>;
};

/// Averages of parameters, as a type of their own: a function that evaluates or saves averages takes these, and cannot
/// be given the parameters.
template <class Theta>
class Averages {
 public:
  explicit Averages(Theta values) : values_(std::move(values)) {}

  /// The averages.
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
  return gradus::in_step(policies.template get<at>(), std::max<std::int64_t>(1, steps));
}

// The name of its slot.
template <class... P>
constexpr std::string_view averaging_slot(const Pack<P...>*) {
  using Whole = Composition<policies_in_step<Pack<P...>>>;
  return Whole::slots[Whole::layout::slot[indices<AveragingPolicy<P>...>()[0]]].name;
}

template <class... P>
constexpr std::size_t averaging_policies(const Pack<P...>*) {
  return (std::size_t{0} + ... + std::size_t{AveragingPolicy<P>});
}
// How many policies of an optimizer keep averages.
template <class O>
inline constexpr std::size_t averaging = averaging_policies(static_cast<const policies_of<O>*>(nullptr));

// Puts the averages of a leaf in the place of its parameters.
template <class Policy, class S, class X>
void average_leaf(const Policy& policy, std::string_view slot_name, const S& state, std::string_view leaf, X& tensor) {
  const auto& shape = tensor_traits<X>::shape(tensor);
  if (!equal_shapes(shape, state.shape(leaf)))
    refuse({"the state was made for ", leaf, " of shape ", shape_text(state.shape(leaf)), ", not for shape ",
            shape_text(gradus::extents_of(tensor)), "; give the parameters that it belongs to"});
  using T = element_t<X>;
  using Stored = typename storage_of<S>::template slot<T>;
  const auto slot = state.template slot<Stored>(slot_name, leaf);
  const Order order = state.order(leaf);
  constexpr std::size_t reals = reals_of<T>;
  T value[256];
  for (std::size_t first = 0, size = slot.size() / reals; first < size; first += std::size(value)) {
    const std::size_t count = std::min(std::size(value), size - first);
    gradus::read_elements(tensor, order, first, count, value);
    for (std::size_t i = 0; i < reals * count; ++i) {
      arithmetic_t<T>& real = as_reals(value)[i];
      const auto kept = static_cast<arithmetic_t<T>>(slot[reals * first + i]);
      real = static_cast<arithmetic_t<T>>(policy.average(static_cast<double>(real), static_cast<double>(kept)));
    }
    gradus::write_elements(tensor, order, first, count, value);
  }
}

// Whether a policy keeps averages of a leaf: one with a condition on leaves may not.
template <class Policy>
bool keeps(const Policy& policy, const LeafInfo& leaf) {
  if constexpr (requires { requires LeafCondition<decltype(policy.condition)>; })
    return of_leaf(policy.condition, leaf);
  else return true;
}

// The same for all leaves for which `has(name)` holds; returns how many.
template <class O, class S, class Theta, class Has>
std::size_t average_leaves(const O& optimizer, const S& state, Theta& copy, Has has) {
  const auto policy = averaging_policy(optimizer.policies(), state.step());
  constexpr std::string_view slot = averaging_slot(static_cast<const policies_of<O>*>(nullptr));
  std::size_t count = 0;
  for_each_leaf(copy, no_gradient, [&](const Path& path, auto& tensor, const NoGradient&) {
    const std::string leaf = path.leaf_name();
    if (!has(leaf)) return;
    const Kept& made = kept(state);
    if (keeps(policy, made.leaves[made.find(leaf)].info())) average_leaf(policy, slot, state, leaf, tensor);
    ++count;
  });
  return count;
}

[[noreturn]] inline void refuse_missing_average() {
  refuse("the parameters lack a leaf of which the state has the average; give those that it belongs to");
}

template <class P>
constexpr std::size_t most_averaging() {
  return []<std::size_t... K>(std::index_sequence<K...>) {
    return std::max({averaging<std::remove_cvref_t<decltype(std::declval<const P&>().template part<K>())>>...});
  }(std::make_index_sequence<P::count>{});
}

template <class Theta>
constexpr bool averages_have_memory() {
  constexpr bool own = owns_all<Theta>();
  static_assert(own,
                "gradus: averages are put into a copy of the parameters, and the copy of a view has no memory of its "
                "own; give the tensor that it looks at, or read the state's slot");
  return own;
}

}  // namespace detail

/// The averages that a composition keeps, in a copy of the parameters: those of its `TailAverage`, `MovingAverage`,
/// `Lookahead` or `ScheduleFree`. A composition with none or several does not compile.
///
///     void save(const gradus::Averages<Theta>&);
///     save(gradus::averages(optimizer, theta, state));       // save(theta) does not compile
///
/// A leaf for which the policy rests, because `when` gave it a condition on leaves, is copied as it is. Before a
/// condition on steps lets it act for the first time, an average is the parameter at `init`.
///
/// Cost    a copy, and one read of the slot.
/// Errors  `Refused` if the state is of another composition, or of parameters of other names, shapes or types.
template <class... Parts, class Theta, std::derived_from<State> S>
Averages<Theta> averages(const Optimizer<Parts...>& optimizer, const Theta& theta, const S& state) {
  constexpr bool one = detail::averaging<Optimizer<Parts...>> == 1;
  static_assert(one,
                "gradus: averages are of a composition with one policy that keeps some; put one TailAverage, "
                "MovingAverage, Lookahead or ScheduleFree into it");
  constexpr bool own = detail::averages_have_memory<Theta>();
  optimizer.check_state(state);
  Theta copy = theta;
  if constexpr (one && own && detail::told_in_double(detail::elements_of<Theta>{}))
    if (detail::average_leaves(optimizer, state, copy, [](const std::string&) { return true; }) != state.leaves())
      detail::refuse_missing_average();
  return Averages<Theta>(std::move(copy));
}

/// The same for a `Partition`: leaves in parts without averages, and in no part, are copied as they are.
///
/// Errors  as above; `Refused` too where the parameters lack a leaf whose average the state has.
template <class... Given, class Theta, class Whole, class... Part>
Averages<Theta> averages(const Partition<Given...>& partition, const Theta& theta,
                         const PartitionState<Whole, Part...>& state) {
  using Parts = PartitionState<Whole, Part...>;
  constexpr bool fits = Partition<Given...>::template takes<Parts>();
  constexpr std::size_t most = fits ? detail::most_averaging<Partition<Given...>>() : 1;
  static_assert(most == 1,
                "gradus: averages are of parts with one policy each that keeps some; put one TailAverage, "
                "MovingAverage, Lookahead or ScheduleFree into a part");
  constexpr bool own = detail::averages_have_memory<Theta>();
  Theta copy = theta;
  if constexpr (fits && most == 1 && own && detail::told_in_double(detail::elements_of<Theta>{}))
    detail::repeat<sizeof...(Part)>([&](auto k) {
      const auto& optimizer = partition.template part<k>();
      const auto& part = state.template part<k>();
      optimizer.check_state(part);
      if constexpr (detail::averaging<std::remove_cvref_t<decltype(optimizer)>> == 1)
        if (detail::average_leaves(optimizer, part, copy, [&](auto& leaf) { return part.contains(leaf); }) !=
            part.leaves())
          detail::refuse_missing_average();
    });
  return Averages<Theta>(std::move(copy));
}

}  // namespace gradus
