// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/compose/part.hpp>
#include <gradus/compose/partition_state.hpp>
#include <gradus/compose/step_parts.hpp>
#include <gradus/compose/steps.hpp>
#include <gradus/parameters/subset.hpp>
#include <gradus/parameters/touch.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// Different optimizers for different leaves of one set, behind policies that they share: one norm of all leaves clips
/// them, and one guard looks at all.
///
///     gradus::Partition optimizer{gradus::ClipNorm{1},
///                                 gradus::for_leaves(gradus::Named{"embedding.*"}, gradus::recipe::sgd({.lr = 0.5})),
///                                 gradus::for_others(gradus::recipe::adam({.lr = 0.1}))};
///     auto state = optimizer.init(theta);
///     optimizer.descend(theta, gradient, state);
///
/// Its `ascend`, `descend` and `bind` are those of every optimizer, see compose/steps.hpp.
///
/// A leaf is in the first part whose condition holds for it; only `init` asks. A leaf in no part stays as it is and
/// costs nothing: it has no slots, a step does not read its gradient, and no norm includes it except the one by which
/// `maximize` stops. A report has the rate of the first part. Policies that draw numbers use a leaf's number in the
/// whole set, so one seed does for all parts.
///
/// Cost    a pass per part over its leaves, and one that reads in front of them if a shared policy looks first. A
///         gradient that is not in memory is evaluated before the first part steps.
/// Errors  those of the policies, before anything has changed; `init` is `Refused` where a part other than `for_others`
///         has no leaf.
/// Source  `optax.partition`; the parameter groups of PyTorch, with an optimizer each.
template <class... Given>
class Partition : public detail::Steps<Partition<Given...>, detail::pick_backend<backend::Simd, Given...>> {
  using Steps = detail::Steps<Partition, detail::pick_backend<backend::Simd, Given...>>;
  using Front = decltype(detail::in_front(std::declval<const Given&>()...));
  using Parts = decltype(detail::parts_behind(std::declval<const Front&>(), std::declval<const Given&>()...));
  using InFront = typename Front::InStep;
  using Indices = std::make_index_sequence<Parts::size>;
  template <std::size_t K>
  static constexpr bool takes_others = std::same_as<decltype(detail::type_at<K, Parts>::leaves), detail::Others>;
  static constexpr bool sound =
      detail::fit_in_front(static_cast<const InFront*>(nullptr)) && (detail::fits_partition<Given>() && ...);
  static_assert(sound || true);  // evaluated, so that it is refused where the type is named
  static_assert(Parts::size != 0, "gradus: a Partition has parts; add for_others(policies) for all leaves");

 public:
  /// How many parts it has.
  static constexpr std::size_t count = Parts::size;
  /// Whether a step must be given the objective's `Value`.
  static constexpr bool asks_value = (asks_value_of<Given> || ...);
  /// Whether a policy looks for gradients that are not finite.
  static constexpr bool guards() { return Front::guards(); }

  constexpr explicit(false) Partition(Given... given)
    requires(sizeof...(Given) != 0)
      : front_(detail::in_front(given...)), parts_(detail::parts_behind(front_, given...)) {}

  /// A state for these parameters: the only allocation. `storage` as in `Optimizer::init`.
  template <class Theta, class Slots = void, class Gradients = void>
  auto init(const Theta& theta, Storage<Slots, Gradients> storage = {}) const {
    auto& all = const_cast<Theta&>(theta);
    std::vector<std::vector<bool>> in;
    detail::repeat<count>([&](auto k) { in.push_back(leaves_where(all, parts_.template get<k>().leaves)); });
    std::vector<bool> any(in.front().size());
    std::vector<std::size_t> owner;
    for (std::size_t l = 0; l < any.size(); ++l)
      for (std::vector<bool>& part : in) {
        part[l] = part[l] && !any[l];
        if (!part[l]) continue;
        any[l] = true, owner.push_back(static_cast<std::size_t>(&part - in.data()));
      }
    detail::repeat<count>([&](auto k) {
      if (!takes_others<k> && std::ranges::find(in[k], true) == in[k].end()) detail::refuse_empty_part(k, all);
    });
    const auto some = [&](std::vector<bool> leaves) {
      return detail::Subset<Theta>(all, std::make_shared<std::vector<bool>>(std::move(leaves)));
    };
    const detail::Subset<Theta> owned = some(any);
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      using Whole = decltype(front_.init(owned, storage));
      PartitionState<Whole, decltype(part<K>().init(owned, storage))...> state;
      static_cast<Whole&>(state) = front_.init(owned, storage);
      ((state.parts_.template get<K>() = part<K>().init(some(in[K]), storage)), ...);
      (number(state.parts_.template get<K>(), in[K]), ...);
      state.owner_ = std::move(owner), state.in_ = std::make_shared<std::vector<bool>>(std::move(any));
      return state;
    }(Indices{});
  }

  /// The hyper-parameters of a policy in front of the parts, to read and to write.
  template <class P, std::size_t Index = 0>
  constexpr P& get() {
    return front_.template get<P, Index>();
  }
  template <class P, std::size_t Index = 0>
  constexpr const P& get() const {
    return front_.template get<P, Index>();
  }

  /// The optimizer of a part, whose policies `get` finds.
  template <std::size_t K>
  constexpr auto& part() {
    return parts_.template get<K>().optimizer;
  }
  template <std::size_t K>
  constexpr const auto& part() const {
    return parts_.template get<K>().optimizer;
  }

  /// Whether a state can belong to these parts; does not compile if not.
  template <class S>
  static constexpr bool takes() {
    constexpr bool fits = parts_of<std::remove_const_t<S>> == count;
    static_assert(fits,
                  "gradus: this state is not that of a Partition with so many parts; keep what init returned as auto");
    return fits;
  }

  /// How many read-only passes over all leaves the policies in front of the parts take.
  static constexpr std::size_t shared_passes = Front::Whole::plan::read_passes;

 private:
  template <class, class, class, class, class>
  friend class detail::Bound;
  friend Steps;

  template <class Theta, class S, class By, class... Extra>
  static constexpr bool fits() {
    constexpr bool host = !DeviceBackend<typename decltype(detail::step_backend<Theta, By, Extra...>())::type>;
    static_assert(host, "gradus: what lies on a device is stepped by one optimizer; take an Optimizer of each subset");
    return takes<S>() && host;
  }

  template <bool Down, class By, class Theta, class G, class S, class... Extra>
  void take_step(Theta& theta, const G& gradient, S& state, const Extra&... extra) const {
    if constexpr (sound && detail::readable<Theta, const G, typename storage_of<S>::gradients>()) {
      using Backend = typename decltype(detail::step_backend<Theta, By, Extra...>())::type;
      constexpr detail::elements_of<Theta> types{};
      check_states(state);
      check_changed(types);
      run<Backend, Down, detail::touches<Theta>>(list<Backend>(theta, gradient, state), false, types, state,
                                                 detail::pick_value<asks_value>(extra...),
                                                 detail::pick_observer(extra...));
    }
  }

  // The leaves that are in some part.
  template <class Backend, class Theta, class G, class S>
  std::span<const detail::Leaf> list(Theta& theta, const G& gradient, S& state) const {
    const detail::Subset<Theta> some(theta, state.in_);
    return detail::Listing::list(some, gradient, state, front_.policies(), Backend::walks);
  }

  template <class Backend, bool Down, bool Touch, class Types, class S, class Observer>
  void run(std::span<const detail::Leaf> listed, bool, Types types, S& state, double value,
           const Observer& observer) const {
    const auto leaves = detail::Listing::evaluate(listed, detail::kept(state), true);  // before any part steps
    detail::step_parts<Backend, storage_of<S>, Down, Touch>(front_, parts_, leaves, types, detail::kept(state),
                                                            deal(leaves, state, Indices{}), value, observer, Indices{});
  }

  template <class S, class Types>
  void check(const S& state, Types types) const {
    check_states(state);
    front_.check_types(types);
    detail::repeat<count>([&](auto k) { part<k>().check_types(types); });
  }

  template <class S>
  void check_states(const S& state) const {
    front_.check_state(state);
    detail::repeat<count>([&](auto k) { part<k>().check_state(state.template part<k>()); });
  }

  template <class Types>
  void check_changed(Types types) const {
    front_.check_changed(types);
    detail::repeat<count>([&](auto k) { part<k>().check_changed(types); });
  }

  // Leaves of a part keep their numbers in the whole set.
  static void number(State& part, const std::vector<bool>& in) {
    std::size_t l = 0;
    for (detail::LeafSlots& leaf : detail::kept(part).leaves) {
      while (!in[l]) ++l;
      leaf.number = l++;
    }
  }

  // Lists each leaf in the state of its part too.
  template <class S, std::size_t... K>
  static detail::KeptParts<count> deal(std::span<const detail::Leaf> leaves, S& state, std::index_sequence<K...>) {
    const detail::KeptParts<count> parts{&detail::kept(state.template part<K>())...};
    for (detail::Kept* part : parts) part->scratch.leaves.clear();
    for (std::size_t l = 0; l < leaves.size(); ++l) parts[state.owner_[l]]->scratch.leaves.push_back(leaves[l]);
    return parts;
  }

  Front front_;
  Parts parts_;
};

template <class... Given>
Partition(Given...) -> Partition<Given...>;

}  // namespace gradus
