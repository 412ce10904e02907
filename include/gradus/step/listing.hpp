// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/place.hpp>
#include <gradus/parameters/shape.hpp>
#include <gradus/step/overlap.hpp>
#include <gradus/step/scratch.hpp>
#include <gradus/step/slot_layout.hpp>
#include <gradus/step/stored_state.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus::detail {

/// Lists the leaves of a step. Refuses parameters that do not fit the state, gradients that do not fit the parameters,
/// and tensors that share memory.
class Listing {
 public:
  /// Lists into `state`'s scratch. `walk` asks for block-wise access everywhere. Leaves that a policy freezes are
  /// absent.
  template <class Theta, class G, std::derived_from<State> S, class... P>
  static std::span<const Leaf> list(Theta& theta, G& gradient, S& state, [[maybe_unused]] const Pack<P...>& policies,
                                    bool walk) {
    if constexpr ((FreezingPolicy<P> || ...)) {
      list_all(theta, gradient, state, walk, {&policies, &freeze<P...>});
      for (Leaf& leaf : kept(state).scratch.leaves) leaf.absent |= leaf.frozen;
    } else {
      list_all(theta, gradient, state, walk, {nullptr, nullptr});
    }
    return kept(state).scratch.leaves;
  }

  /// Evaluates into `state`'s scratch what must not wait for the pass: gradients that are not in memory and may read
  /// parameters that change meanwhile, or that a read-only pass needs too (`looks_first`).
  static std::span<const Leaf> evaluate(std::span<const Leaf> leaves, Kept& state, bool looks_first) {
    const auto waits = [&](const Leaf& leaf) {
      return !leaf.absent && !leaf.gradient && !leaf.gradient_memory && !leaf.in_rows && leaf.size &&
             (looks_first || !leaf.settled || leaves.size() > 1);
    };
    const auto lines = [&](const Leaf& leaf) { return waits(leaf) ? lines_of(leaf.element->bytes(leaf.size)) : 0; };
    std::size_t total = 0;
    for (const Leaf& leaf : leaves) total += lines(leaf);
    if (total == 0) return leaves;
    Scratch& scratch = state.scratch;
    const std::size_t kept = scratch.lines_kept(leaves);
    if (scratch.gradients.size() < kept + total) scratch.gradients.resize(kept + total);
    if (scratch.leaves.data() != leaves.data())  // those of a bound step, whose parameters may be others
      scratch.leaves.assign(leaves.begin(), leaves.end()), scratch.by_address.clear();
    CacheLine* to = scratch.gradients.data() + kept;
    for (Leaf& leaf : scratch.leaves) {
      if (!waits(leaf)) continue;
      const std::size_t size = lines(leaf);
      leaf.read_gradient(leaf.gradient_tensor, leaf.order, 0, leaf.size, to);
      leaf.gradient = to, to += size;
    }
    return scratch.leaves;
  }

 private:
  // Says which leaves policies freeze.
  struct Freezing {
    const void* policies;
    void (*mark)(const void* policies, Kept& state);
  };

  // The same code for all compositions.
  template <class Theta, class G, class S>
  static void list_all(Theta& theta, G& gradient, S& of, bool walk, Freezing freezing) {
    using Storage = storage_of<S>;
    Kept& state = kept(of);
    if (&state.memory.space() != &space_of_set<Theta>()) [[unlikely]]
      other_memory(state, space_of_set<Theta>());
    Listing listing(state);
    if (freezing.mark) freezing.mark(freezing.policies, state);
    const auto put = [&](const Path& path, auto& tensor, auto& g) { listing.put<Storage>(path, tensor, g, walk); };
    if constexpr (Tensor<Theta> && !MaybeGradient<G>) put_flat(put, theta, gradient);
    else for_each_leaf<typename Storage::gradients>(theta, gradient, put);
    listing.finish();
  }

  template <class... P>
  static void freeze(const void* policies, Kept& state) {
    const auto freezes = [](const auto& policy, const LeafInfo& leaf) {
      if constexpr (FreezingPolicy<std::remove_cvref_t<decltype(policy)>>) return policy.freezes(leaf);
      else return false;
    };
    for (std::size_t l = 0; l < state.leaves.size(); ++l)
      state.scratch.leaves[l].frozen = static_cast<const Pack<P...>*>(policies)->apply(
          [&](const P&... policy) { return (freezes(policy, state.leaves[l].info()) || ...); });
  }

  explicit Listing(Kept& state) : state_(state), leaves_(state.scratch.leaves) {
    if (state.scratch.open) [[unlikely]]
      refuse("a step of this state has not ended; call end() if it goes leaf by leaf, and take none in a callable");
    parameters_moved_ = state.scratch.by_address.empty() || leaves_.size() != state.leaves.size();
    leaves_.resize(state.leaves.size());
  }

  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;
  // After a refusal nothing counts as checked.
  ~Listing() {
    if (!whole_) leaves_.clear();
  }

  // A single tensor may have few elements: then this is what a step costs, and one more call would show.
  [[gnu::flatten]] static void put_flat(const auto& put, auto& tensor, auto& gradient) { put({}, tensor, gradient); }

  template <class Storage, class X, class G>
  void put(const Path& path, X& tensor, G& gradient, bool walk) {
    if (count_ == leaves_.size()) other_parameters(path);
    const LeafSlots& known = state_.leaves[count_];
    const auto& shape = tensor_traits<std::remove_cv_t<X>>::shape(tensor);
    using Slots = typename Storage::template slot<element_t<X>>;
    if (!equal_shapes(shape, known.shape) || known.element != &element_type<element_t<X>> || !path.is(known.name))
        [[unlikely]]
      other_leaf(known, path, std::as_const(tensor));
    if (known.stored != &element_type<Slots>) [[unlikely]]
      other_storage(known);

    // Filled in in place: copying what was only just written would wait for memory to catch up.
    Leaf& leaf = leaves_[count_++];
    const void *const first_before = leaf.parameter_memory, *const gradient_before = leaf.gradient_memory;
    const std::uintptr_t pattern_before = leaf.pattern;
    const std::size_t size_before = leaf.size, bytes_before = leaf.gradient_bytes;
    set_parameter(leaf, tensor, known.order, walk);
    put_gradient(leaf, known, path, tensor, gradient, walk);
    parameters_moved_ |=
        first_before != leaf.parameter_memory || pattern_before != leaf.pattern || size_before != leaf.size;
    gradients_moved_ |= gradient_before != leaf.gradient_memory || bytes_before != leaf.gradient_bytes;
  }

  template <class X, class G>
  void put_gradient(Leaf& leaf, const LeafSlots& known, const Path& path, const X& tensor, G& gradient, bool walk) {
    if constexpr (std::same_as<std::remove_cv_t<G>, NoGradient>) {
      set_no_gradient(leaf);
    } else if constexpr (Tensor<G>) {
      check_shape(path, tensor, gradient);
      set_gradient<element_t<X>>(leaf, gradient, walk);
    } else if (leaf.frozen) {
      set_no_gradient(leaf);
    } else {
      const OpenStep open(state_.scratch);
      put_yielded(leaf, known, path, tensor, gradient(std::string_view(known.name), tensor), walk);
    }
  }

  // Takes what a callable yielded. A block that it refers to is read in place; all else is copied.
  template <class X, class G>
  void put_yielded(Leaf& leaf, const LeafSlots& known, const Path& path, const X& tensor, G&& yielded, bool walk) {
    if constexpr (std::same_as<std::remove_cvref_t<G>, std::nullopt_t>) {
      set_no_gradient(leaf);
    } else if constexpr (MaybeGradient<G>) {
      if (!yielded) set_no_gradient(leaf);
      else put_yielded(leaf, known, path, tensor, *std::forward<G>(yielded), walk);
    } else {
      if constexpr (std::is_lvalue_reference_v<G>) {
        put_gradient(leaf, known, path, tensor, yielded, walk);
        if (leaf.gradient_memory) return;
      }
      keep(leaf, path, tensor, yielded);
    }
  }

  // A gradient that is gone before the pass: copies it into the scratch, which has room for those of all leaves.
  template <class X, class G>
  void keep(Leaf& leaf, const Path& path, const X& tensor, const G& gradient) {
    check_shape(path, tensor, gradient);
    std::vector<CacheLine>& kept = state_.scratch.gradients;
    const auto lines = [](const LeafSlots& one) { return lines_of(one.element->bytes(one.size)); };
    if (kept_ == 0) {
      std::size_t all = 0;
      for (const LeafSlots& one : state_.leaves) all += lines(one);
      if (kept.size() < all) kept.resize(all);
    }
    auto* to = reinterpret_cast<element_t<X>*>(kept.data() + kept_);
    kept_ += lines_of(leaf.element->bytes(leaf.size));
    gradus::read_elements(gradient, leaf.order, 0, gradus::size_of(tensor), to);
    set_no_gradient(leaf);
    leaf.gradient = to, leaf.absent = false;
  }

  void finish() {
    if (count_ != state_.leaves.size()) [[unlikely]]
      other_count();
    if (parameters_moved_ || gradients_moved_) [[unlikely]]
      check_memory();
    whole_ = true;
  }

  // Refusals are out of line, off the path of steps that have none.
  template <class X>
  [[noreturn, gnu::noinline]] static void other_leaf(const LeafSlots& known, const Path& path, const X& tensor) {
    other_leaf(known, path, gradus::extents_of(tensor), type_name<element_t<X>>());
  }
  [[noreturn]] static void other_leaf(const LeafSlots& known, const Path& path, std::span<const std::size_t> shape,
                                      std::string_view element) {
    refuse({"the state was made for ", known.name, " of shape ", shape_text(known.shape), " (", known.element->name,
            "), not for ", path.leaf_name(), " of shape ", shape_text(shape), " (", element,
            "); make a state with init(theta) for these parameters"});
  }

  [[noreturn, gnu::noinline]] static void other_memory(const Kept& state, const Space& space) {
    refuse({"the state lies in ", state.memory.space().name, ", the parameters in ", space.name,
            "; make a state with init(theta) for these, and copy what State::visit shows"});
  }

  [[noreturn, gnu::noinline]] static void other_storage(const LeafSlots& known) {
    refuse({"the state keeps the slots of ", known.name, " as ", known.stored->name,
            "; pass it as what init(theta, storage) returned, not as a State"});
  }

  [[noreturn, gnu::noinline]] void other_count() const {
    refuse({"the state was made for ", state_.leaves.size(), " tensors, these parameters have ", count_,
            "; make a state with init(theta) for these parameters"});
  }

  [[noreturn, gnu::noinline]] void other_parameters(const Path& path) const {
    refuse({"the state was made for ", leaves_.size(), " tensors and knows no ", path.leaf_name(),
            "; make a state with init(theta) for these parameters"});
  }

  [[gnu::noinline]] void check_memory() {
    Overlap overlap(leaves_, state_.leaves, state_.scratch.by_address);
    if (parameters_moved_) overlap.check_parameters();
    for (std::size_t l = 0; l < leaves_.size(); ++l) overlap.check_gradient(l, leaves_[l]);
  }

  Kept& state_;
  std::vector<Leaf>& leaves_;
  std::size_t count_ = 0;
  std::size_t kept_ = 0;  ///< cache lines of gradients that callables yielded
  bool parameters_moved_ = false, gradients_moved_ = false;
  bool whole_ = false;
};

}  // namespace gradus::detail
