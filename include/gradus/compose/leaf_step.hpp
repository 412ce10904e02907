// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/parts.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/parameters/readable.hpp>
#include <gradus/parameters/shape.hpp>
#include <gradus/plan/composition.hpp>
#include <gradus/step/listing.hpp>
#include <gradus/step/overlap.hpp>
#include <gradus/step/run.hpp>
#include <gradus/step/stored_state.hpp>
#include <gradus/step/values.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus::detail {

/// Whether every policy can step a leaf before the others have a gradient; does not compile where one cannot.
template <class... P>
constexpr bool by_themselves(const Pack<P...>*) {
  constexpr bool alone = !((NormPolicy<P> || GuardPolicy<P> || ObservingPolicy<P> || GatheringPolicy<P> ||
                            EmittingPolicy<P> || every_leaf_of<P> || (HasSums<P> && !per_leaf_of<P>)) ||
                           ...);
  static_assert(alone,
                "gradus: a policy of this composition takes all leaves together (a norm, a sum, a guard, a log, or "
                "what gathers), so that none can step before the others have a gradient; step all at once");
  return alone;
}

/// One step whose gradients come leaf by leaf, in any order. Each leaf steps when its gradient is there, with the bits
/// of a step of all together. `Optimizer::begin_ascent` and `begin_descent` make one.
///
///     auto step = optimizer.begin_descent(theta, state);
///     for (...) step.leaf("layer[2].weight", gradient);  // as it gets ready
///     step.end();
///
/// It ends with `end`, or when it is destroyed, which counts no step if no leaf has stepped; a leaf that got no
/// gradient stays as it is. Until then the state must not be moved or copied, and its other steps are refused, except
/// bound ones.
template <class Policies, class Types, class Storage, class Backend>
class LeafStep {
 public:
  /// For parameters that were listed into the state without a gradient.
  LeafStep(Policies policies, Kept& state, double value, bool down)
      : policies_(std::move(policies)), state_(state), value_(value), down_(down) {
    check_values_of_leaves(policies_, state.leaves, Types{});
    Step(policies_, state_, value_, down_).check_value();
    // Nothing throws from here on, so that a refused step leaves the list as it was.
    by_address_ = std::move(state.scratch.by_address), leaves_ = std::move(state.scratch.leaves);
    state.scratch.leaves = std::move(state.scratch.waiting), state.scratch.open = true;
  }
  LeafStep(const LeafStep&) = delete;
  LeafStep& operator=(const LeafStep&) = delete;
  ~LeafStep() { close(stepped_); }

  /// Steps a leaf, by its name or its number in the order of the set, with its gradient.
  ///
  /// Errors  `Refused`, and nothing changed, for a leaf that is not there or has stepped, and for a gradient of another
  ///         shape or element type, or one that lies in a parameter.
  template <class G>
  void leaf(std::string_view name, const G& gradient) {
    leaf(state_.find(name), gradient);
  }
  template <class G>
  void leaf(std::size_t number, const G& gradient) {
    if (ended_) refuse("the step has ended; begin the next one");
    if (number >= leaves_.size()) refuse({"there is no leaf ", number, "; the parameters have ", leaves_.size()});
    const Leaf one = leaf_with(number, gradient);
    check_values_of_leaves(policies_, std::span(state_.leaves).subspan(number, 1), Types{});
    if (!one.frozen) {
      const auto alone = Listing::evaluate({&one, 1}, state_, Whole::looks_first);
      Step(policies_, state_, value_, down_, number).part(alone, Types{});
      stepped_ = true;
      touch(one);
    }
    leaves_[number] = one;
  }

  /// Ends the step.
  void end() { close(true); }

 private:
  using Whole = Composition<Policies>;
  using Step = run_of<Backend, Storage, Policies>;

  void close(bool count) {
    if (std::exchange(ended_, true)) return;
    if (count) Step(policies_, state_, value_, down_).commit();
    state_.scratch.open = false;
    for (Leaf& leaf : leaves_) set_no_gradient(leaf);
    state_.scratch.waiting = std::move(state_.scratch.leaves);
    state_.scratch.leaves = std::move(leaves_), state_.scratch.by_address = std::move(by_address_);
  }

  template <class G>
  Leaf leaf_with(std::size_t number, const G& gradient) {
    Leaf leaf = leaves_[number];
    const LeafSlots& known = state_.leaves[number];
    if (!leaf.absent) refuse({known.name, " has stepped; begin the next step"});
    const auto& shape = tensor_traits<G>::shape(gradient);
    const bool fits_vector = VectorIsMatrix<G> && leaf.vector_is_matrix && equal_vectors(known.shape, shape);
    if (!fits_vector && !equal_shapes(known.shape, shape))
      refuse_shape(known.name, known.shape, gradus::extents_of(gradient));
    put_gradient(leaf, known, gradient, Types{});
    Overlap(leaves_, state_.leaves, by_address_).check_gradient(number, leaf);
    return leaf;
  }

  template <class G, class... T>
  void put_gradient(Leaf& leaf, const LeafSlots& known, const G& gradient, Elements<T...>) {
    constexpr bool fits_one = (fits<T, G> || ...);
    static_assert(
        fits_one,
        "gradus: the gradient has the element type of no parameter; store it in theirs, or pass an expression");
    const auto put = [&]<class E>(E*) {
      if constexpr (fits<E, G>) set_gradient<E>(leaf, gradient, Backend::walks);
      return fits<E, G>;
    };
    const bool done = ((leaf.element == &element_type<T> && put(static_cast<T*>(nullptr))) || ...);
    if (!done)
      refuse({"the gradient of ", known.name, " has the element type ", type_name<element_t<G>>(), ", and the leaf ",
              known.element->name, "; store it in that"});
  }

  template <class T, class G>
  static constexpr bool fits = fits_elements<T, G, typename Storage::gradients>();

  Policies policies_;
  Kept& state_;
  double value_;
  bool down_;
  std::vector<Leaf::Piece> by_address_;
  std::vector<Leaf> leaves_;
  bool stepped_ = false, ended_ = false;
};

/// Begins such a step of an optimizer, on the backend among some arguments or `Otherwise`.
template <class Otherwise, class Optimizer, class Theta, class S, class... Extra>
auto begin_step(bool down, const Optimizer& optimizer, Theta& theta, S& state, const Extra&... extra) {
  using Backend = typename decltype(step_backend<Theta, Otherwise, Extra...>())::type;
  using Types = elements_of<Theta>;
  static_assert(!DeviceBackend<Backend>, "gradus: what lies on a device is stepped at once, by one launch");
  static_assert(
      ((gradus::Backend<Extra> || std::same_as<Extra, Value>) && ...),
      "gradus: behind the state come a backend and the objective's Value; a step leaf by leaf is not reported");
  if constexpr (lasting<Theta&, S>()) {
    optimizer.check(state, Types{});
    Listing::list(theta, no_gradient, state, optimizer.policies(), Backend::walks);
    const double value = pick_value<Optimizer::asks_value>(extra...);
    auto policies = optimizer.in_step(kept(state).instant(value, down), Types{});
    static_cast<void>(by_themselves(std::addressof(policies)));
    return LeafStep<decltype(policies), Types, storage_of<S>, Backend>(std::move(policies), kept(state), value, down);
  }
}

}  // namespace gradus::detail
