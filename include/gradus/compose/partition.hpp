// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/compose/part.hpp>
#include <gradus/compose/partition_state.hpp>
#include <gradus/parameters/subset.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
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
/// A leaf is in the first part whose condition holds for it, which is asked by `init` alone. One that is in none stays
/// as it is, and costs nothing: it has no slots, its gradient is not read, and no norm sees it. A report has the rate
/// of the first part. What draws numbers counts the leaves of its part; give each part a seed of its own.
///
/// Cost    a pass per part over its leaves, and one that reads in front of them where something shared looks first. A
///         gradient that is no memory is evaluated before the first part steps.
/// Errors  those of the policies, before anything has changed; `init` is `Refused` where a part other than `for_others`
///         has no leaf.
/// Source  `optax.partition`; the parameter groups of PyTorch, with an optimizer each.
template <class... Given>
class Partition {
  using Front = decltype(detail::in_front(std::declval<const Given&>()...));
  using Parts = decltype(detail::parts_behind(std::declval<const Front&>(), std::declval<const Given&>()...));
  using InFront = policies_in_step<policies_of<Front>>;
  using Default = pick_backend<backend::Simd, Given...>;
  using Indices = std::make_index_sequence<Parts::size>;
  static constexpr std::size_t count = Parts::size;
  template <std::size_t K>
  using part_t = decltype(type_at<K, Parts>::optimizer);
  template <std::size_t K>
  static constexpr bool takes_others = std::same_as<decltype(type_at<K, Parts>::leaves), detail::Others>;
  static constexpr bool sound =
      detail::stand_in_front(static_cast<const InFront*>(nullptr)) && (detail::stands_in_partition<Given>() && ...);
  static_assert(sound || true);  // asks, so that it is refused where the type is named

 public:
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
    repeat<count>([&](auto k) { in.push_back(leaves_where(all, parts_.template get<k>().leaves)); });
    std::vector<bool> any(in.empty() ? 0 : in[0].size());
    std::vector<std::size_t> owner;
    for (std::size_t l = 0; l < any.size(); ++l)
      for (std::vector<bool>& part : in) {
        part[l] = part[l] && !any[l];
        if (!part[l]) continue;
        any[l] = true, owner.push_back(static_cast<std::size_t>(&part - in.data()));
      }
    repeat<count>([&](auto k) {
      if (!takes_others<k> && std::ranges::find(in[k], true) == in[k].end()) refuse_empty(k, all);
    });
    const auto some = [&](std::vector<bool> leaves) {
      return Subset<Theta>(all, std::make_shared<std::vector<bool>>(std::move(leaves)));
    };
    const Subset<Theta> owned = some(any);
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      using Whole = decltype(front_.init(owned, storage));
      PartitionState<Whole, decltype(part<K>().init(owned, storage))...> state;
      static_cast<Whole&>(state) = front_.init(owned, storage);
      ((state.parts_.template get<K>() = part<K>().init(some(in[K]), storage)), ...);
      state.owner_ = std::move(owner), state.in_ = std::make_shared<std::vector<bool>>(std::move(any));
      return state;
    }(Indices{});
  }

  /// One step uphill, as `Optimizer::ascend`.
  template <class Theta, class G, class... S, class... Extra, class By = Default>
  void ascend(Theta&& theta, const G& gradient, PartitionState<S...>& state, const Extra&... extra) const {
    if constexpr (lasting<Theta>()) step<false, By>(theta, gradient, state, extra...);
  }
  /// One step downhill.
  template <class Theta, class G, class... S, class... Extra, class By = Default>
  void descend(Theta&& theta, const G& gradient, PartitionState<S...>& state, const Extra&... extra) const {
    if constexpr (lasting<Theta>()) step<true, By>(theta, gradient, state, extra...);
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

  /// The optimizer of a part, whose policies `get` finds; what stands in front of it is taken from there in each step.
  template <std::size_t K>
  constexpr auto& part() {
    return parts_.template get<K>().optimizer;
  }
  template <std::size_t K>
  constexpr const auto& part() const {
    return parts_.template get<K>().optimizer;
  }

 private:
  template <bool Down, class By, class Theta, class G, class S, class... Extra>
  void step(Theta& theta, const G& gradient, S& state, const Extra&... extra) const {
    using Backend = typename decltype(step_backend<Theta, By, Extra...>())::type;
    static_assert(!DeviceBackend<Backend>,
                  "gradus: what lies on a device is stepped by one optimizer; take an Optimizer of each subset");
    if constexpr (sound && readable<Theta, G, typename storage_of<S>::gradients>() && !DeviceBackend<Backend>) {
      const Subset<Theta> some(theta, state.in_);
      check(state, elements_of<Theta>{});
      const auto leaves = Listing::list(some, gradient, state, front_.policies(), Backend::walks);
      run<Backend, Down>(deal(Listing::evaluate(leaves, state, true), state), elements_of<Theta>{}, state,
                         pick_value<asks_value>(extra...), pick_observer(extra...), Indices{});
    }
  }

  template <class Backend, bool Down, class... T, class S, class Observer, std::size_t... K>
  void run(std::span<const Leaf> leaves, Elements<T...> types, S& state, double value, const Observer& observer,
           std::index_sequence<K...>) const {
    using Whole = typename Composition<InFront>::template run<Backend, storage_of<S>>;
    const auto& front = front_.in_step(state.step() + 1, types);
    Whole whole(front, state, value, Down);
    whole.check(leaves);
    Pack<policies_in_step<policies_of<part_t<K>>>...> own(
        part<K>().in_step(state.template part<K>().step() + 1, types)...);
    const auto run_of = [&](auto k) {
      using Run = typename Composition<type_at<k, decltype(own)>>::template run<Backend, storage_of<S>>;
      return Run(own.template get<k>(), state.template part<k>(), value, Down);
    };
    (check_values_of_leaves(own.template get<K>(), state.template part<K>().leaves_, types), ...);
    (run_of(at<K>).check(state.template part<K>().scratch_.leaves), ...);
    const Norm* norms = whole.look(leaves, types);
    if (!norms) return;
    (detail::tell(front, norms, own.template get<K>()), ...);
    (run_of(at<K>).check_value(), ...);

    const auto take = [&](auto k, const auto& see) {
      using Run = typename Composition<type_at<k, decltype(own)>>::template run<Backend, storage_of<S>>;
      auto& mine = state.template part<k>();
      Run::step(mine.scratch_.leaves, types, own.template get<k>(), mine, value, Down,
                &Run::template step_block<Down, T...>, see);
    };
    if (!Whole::reports(front, state.step() + 1, observer)) {
      (take(at<K>, NoObserver{}), ...);
      return whole.commit();
    }
    Report all{state.step() + 1};
    (take(at<K>, Collect{all, K == 0}), ...);
    whole.commit();
    front.apply([&](const auto&... policy) { (report_to(policy, all), ...); });
    report_to(observer, all);
  }

  // Makes a part's report one of all leaves.
  struct Collect {
    Report& all;
    bool first;
    bool wants(std::int64_t) const { return true; }
    void report(const Report& part) const {
      if (first) all.rate = part.rate;
      all.gradient_norm = std::hypot(all.gradient_norm, part.gradient_norm);
    }
  };

  template <class O>
  static void report_to(const O& observer, const Report& report) {
    if constexpr (ObservingPolicy<O>)
      if (observer.wants(report.step)) observer.report(report);
  }

  template <class S, class... T>
  void check(const S& state, Elements<T...> types) const {
    front_.check_state(state), front_.check_types(types);
    repeat<count>([&](auto k) {
      part<k>().check_state(state.template part<k>());
      part<k>().check_types(types);
    });
  }

  // Lists each leaf in the state of its part too.
  template <class S>
  static std::span<const Leaf> deal(std::span<const Leaf> leaves, S& state) {
    std::array<std::vector<Leaf>*, count> lists{};
    repeat<count>([&](auto k) { lists[k] = &state.template part<k>().scratch_.leaves, lists[k]->clear(); });
    for (std::size_t l = 0; l < leaves.size(); ++l) lists[state.owner_[l]]->push_back(leaves[l]);
    return leaves;
  }

  template <class Theta>
  [[noreturn, gnu::noinline]] static void refuse_empty(std::size_t part, Theta& theta) {
    std::string names;
    for_each_leaf(theta, detail::no_gradient, [&](const Path& path, auto&, const NoGradient&) {
      if (names.size() < 200) names += (names.empty() ? "" : ", ") + path.leaf_name();
      else if (!names.ends_with("...")) names += ", ...";
    });
    refuse({"part ", part, " of the partition has no leaf; name one that no part in front has of ", names,
            ", or leave the part out"});
  }

  template <std::size_t K>
  static constexpr std::integral_constant<std::size_t, K> at{};

  Front front_;
  Parts parts_;
};

template <class... Given>
Partition(Given...) -> Partition<Given...>;

}  // namespace gradus
